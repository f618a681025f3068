using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Netlink;

/// <summary>The dialogue with the kernel, with the kernel played by the test.</summary>
public sealed partial class NetlinkSocketTests
{
    private const ushort Item = 100;
    private const ushort DumpInterrupted = 0x10;

    [Fact]
    public void Dump_SeveralDatagramsAndMessages_AllInOrder()
    {
        using var kernel = new FakeKernel((_, sequence) =>
        [
            [.. Number(sequence, 1), .. Number(sequence, 2)],
            Number(sequence, 3),
            [.. Number(sequence, 4), .. FakeKernel.Done(sequence)],
        ]);

        Assert.Equal([1, 2, 3, 4], Dump(kernel));
        Assert.Equal(1, kernel.Requests);
    }

    [Fact]
    public void Dump_Interrupted_IsReadAgain()
    {
        using var kernel = new FakeKernel((request, sequence) => request < 3
            ? [Number(sequence, -1, DumpInterrupted), Number(sequence, -2), FakeKernel.Done(sequence)]
            : [Number(sequence, 7), FakeKernel.Done(sequence)]);

        Assert.Equal([7], Dump(kernel));
        Assert.Equal(3, kernel.Requests);
    }

    [Fact]
    public void Dump_InterruptedInItsLastMessage_IsReadAgain()
    {
        using var kernel = new FakeKernel((request, sequence) =>
            [Number(sequence, request), FakeKernel.Message(3, sequence, new byte[4], (ushort)(request == 1 ? DumpInterrupted | 2 : 2))]);

        Assert.Equal([2], Dump(kernel));
    }

    [Fact]
    public void Dump_InterruptedEachTime_GivesUp()
    {
        using var kernel = new FakeKernel((_, sequence) => [Number(sequence, 1, DumpInterrupted), FakeKernel.Done(sequence)]);

        var error = Assert.Throws<LinuxException>(() => Dump(kernel));

        Assert.Equal(Errno.EINTR, error.Errno);
        Assert.Equal(16, kernel.Requests);
    }

    [Fact]
    public void Dump_AnswersToAnotherRequest_AreIgnored()
    {
        using var kernel = new FakeKernel((_, sequence) =>
            [Number(sequence - 1, 66), FakeKernel.Done(sequence - 1), FakeKernel.Error(0, Errno.EPERM), Number(sequence, 1), FakeKernel.Done(sequence)]);

        Assert.Equal([1], Dump(kernel));
    }

    [Fact]
    public void Dump_DatagramLargerThanTheBuffer_IsReadAgainWithALargerOne()
    {
        using var kernel = new FakeKernel((_, sequence) =>
            [FakeKernel.Message(Item, sequence, [.. BitConverter.GetBytes(5), .. new byte[150_000]]), FakeKernel.Done(sequence)]);

        Assert.Equal([5], Dump(kernel));
        Assert.Equal(2, kernel.Requests);
        Assert.Equal([5], Dump(kernel));
        Assert.Equal(3, kernel.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dump_Refused_Throws(bool atTheEnd)
    {
        using var kernel = new FakeKernel((_, sequence) => atTheEnd
            ? [Number(sequence, 1), FakeKernel.Done(sequence, -(int)Errno.ENOMEM)]
            : [FakeKernel.Error(sequence, Errno.ENOMEM)]);

        var error = Assert.Throws<LinuxException>(() => Dump(kernel));

        Assert.Equal("list numbers 'all': Cannot allocate memory (ENOMEM)", error.Message);
    }

    [Fact]
    public void Dump_UnreadableEntry_ThrowsOnlyAfterTheEnd()
    {
        using var kernel = new FakeKernel((request, sequence) => request == 1
            ? [FakeKernel.Message(Item, sequence, [1, 2]), Number(sequence, 3), FakeKernel.Done(sequence)]
            : [Number(sequence, 4), FakeKernel.Done(sequence)]);

        Assert.Throws<InvalidDataException>(() => Dump(kernel));

        Assert.Equal([4], Dump(kernel));
    }

    [Fact]
    public void Send_SomeRefused_TellsWhichInOrder()
    {
        using var kernel = new FakeKernel((_, sequence) =>
            [FakeKernel.Error(sequence + 1, Errno.EEXIST), FakeKernel.Error(99_999, Errno.EPERM), FakeKernel.Error(sequence + 2, Errno.None)]);
        var batch = new NetlinkBatch();
        foreach (string name in (string[])["a", "b", "c"])
            batch.Begin(Item, 0, "add number", name).Complete();

        BatchFailure failure = Assert.Single(kernel.Client.Send(batch));

        Assert.Equal((1, "add number 'b': File exists (EEXIST)"), (failure.Index, failure.Error.Message));
    }

    [Fact]
    public void Request_AnswerMissing_IsNoData()
    {
        using var kernel = new FakeKernel((_, sequence) => [FakeKernel.Error(sequence, Errno.None)]);

        Assert.Equal(Errno.ENODATA, Assert.Throws<LinuxException>(() => kernel.Client.Request<string>(Request(), NeverParsed)).Errno);
    }

    [Fact]
    public void Execute_ExtendedAcknowledgement_IsInTheMessage()
    {
        byte[] text = "Nexthop has invalid gateway\0"u8.ToArray();
        byte[] attribute = [.. BitConverter.GetBytes((ushort)(4 + text.Length)), 1, 0, .. text];
        using var kernel = new FakeKernel((_, sequence) =>
            [FakeKernel.Message(2, sequence, [.. BitConverter.GetBytes(-101), .. new byte[16], .. attribute], flags: 0x300)]);

        var error = Assert.Throws<LinuxException>(() => kernel.Client.Execute(Request()));

        Assert.Equal("list numbers 'all': Network is unreachable (ENETUNREACH): Nexthop has invalid gateway", error.Message);
    }

    [Fact]
    public void Send_MoreAnswersThanTheBufferHolds_SaysThatTheyWereLostAndGoesOn()
    {
        SafeFileDescriptor fd = NetlinkSocket.OpenRaw(NetlinkProtocol.Route, null);
        fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVBUF, 1);
        using var socket = NetlinkSocket.Over(fd);
        var batch = new NetlinkBatch();
        for (int i = 0; i < 100; i++)
        {
            NetlinkWriter writer = batch.Begin(linux_rtnetlink.RTM_DELLINK, 0, "delete link", i);
            writer.WriteHeader(new ifinfomsg { ifi_index = int.MaxValue });
            writer.Complete();
        }

        var error = Assert.Throws<LinuxException>(() => socket.Send(batch));

        Assert.Equal(Errno.ENOBUFS, error.Errno);
        Assert.Contains("answers were lost", error.Message, StringComparison.Ordinal);
        Assert.Equal("lo", socket.Request<Link>(Loopback(), Link.TryRead).Name);
    }

    [Fact]
    public unsafe void Query_AnswerOfAnotherProcess_IsIgnored()
    {
        SafeFileDescriptor fd = NetlinkSocket.OpenRaw(NetlinkProtocol.Route, null);
        const uint Port = 0x4657_5401;
        Assert.Equal(0, Libc.bind(fd, new sockaddr_nl { nl_family = sys_socket.AF_NETLINK, nl_pid = Port }, (uint)sizeof(sockaddr_nl)));
        using var socket = NetlinkSocket.Over(fd);
        using SafeFileDescriptor forger = NetlinkSocket.OpenRaw(NetlinkProtocol.Route, null);
        // The first request will have the number 1; the forged answer to it waits already.
        byte[] forged = FakeKernel.Error(1, Errno.EPERM);
        var target = new sockaddr_nl { nl_family = sys_socket.AF_NETLINK, nl_pid = Port };
        Assert.Equal(0, Connect(forger, &target, (uint)sizeof(sockaddr_nl)));
        fixed (byte* bytes = forged)
            Assert.Equal(forged.Length, Libc.send(forger, bytes, (nuint)forged.Length, 0));

        Assert.Equal("lo", socket.Request<Link>(Loopback(), Link.TryRead).Name);
    }

    [LibraryImport("libc", EntryPoint = "connect")]
    private static unsafe partial int Connect(SafeFileDescriptor fd, void* address, uint length);

    private static byte[] Number(uint sequence, int value, ushort flags = 0) => FakeKernel.Message(Item, sequence, BitConverter.GetBytes(value), (ushort)(flags | 2));

    private static NetlinkBatch Request()
    {
        var batch = new NetlinkBatch();
        batch.Begin(Item, 0, "list numbers", "all").Complete();
        return batch;
    }

    private static NetlinkBatch Loopback()
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETLINK, 0, "find link", "lo");
        writer.WriteHeader(new ifinfomsg { ifi_index = 1 });
        writer.Write(linux_if_link.IFLA_EXT_MASK, (uint)linux_rtnetlink.RTEXT_FILTER_SKIP_STATS);
        writer.Complete();
        return request;
    }

    private static IReadOnlyList<int> Dump(FakeKernel kernel) => kernel.Client.Dump(Request(), static (in NetlinkMessage message, out int item) =>
    {
        item = message.Header<int>();
        return true;
    });

    private static bool NeverParsed(in NetlinkMessage message, [MaybeNullWhen(false)] out string item) => throw new InvalidOperationException();
}
