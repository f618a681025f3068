using System.IO.Pipes;

namespace Fairway.Linux.Tests;

public sealed class DescriptorStreamTests
{
    [Fact]
    public async Task Write_OfMoreThanAPipeHolds_ArrivesWhole()
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        var arrived = new MemoryStream();
        Task reading = Task.Run(() => reader.CopyTo(arrived), TestContext.Current.CancellationToken);
        using (var stream = new DescriptorStream(Take(reader)))
            stream.Write(new byte[1_000_000]);
        await reading.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1_000_000, arrived.Length);
    }

    [Fact]
    public void Write_ThatNobodyReads_IsABrokenPipe()
    {
        var reader = new AnonymousPipeServerStream(PipeDirection.In);
        using var stream = new DescriptorStream(Take(reader));
        reader.Dispose();
        Assert.Equal((int)Errno.EPIPE, Assert.Throws<IOException>(() => stream.Write([1])).HResult);
    }

    /// <summary>The write end, which then is nobody else's.</summary>
    private static SafeFileDescriptor Take(AnonymousPipeServerStream reader)
    {
        int number = (int)reader.ClientSafePipeHandle.DangerousGetHandle();
        reader.ClientSafePipeHandle.SetHandleAsInvalid();
        return new SafeFileDescriptor(number);
    }
}
