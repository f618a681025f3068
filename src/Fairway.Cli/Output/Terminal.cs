using Fairway.Linux;

namespace Fairway.Cli.Output;

/// <summary>Where a command's text goes, and whether colour may go with it.</summary>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">What went wrong, and notes that must not end up in a pipe.</param>
/// <param name="Colour">Whether <paramref name="Out"/> shows colour.</param>
/// <param name="ErrorColour">Whether <paramref name="Error"/> does.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool Colour = false, bool ErrorColour = false)
{
    /// <summary>Whether <see cref="Out"/> is a terminal, which binary output would upset.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Opens what is behind <see cref="Out"/>, for bytes.</summary>
    public Func<Stream> OpenRaw { get; init; } = DescriptorStream.OpenOutput;

    /// <summary>The process's own. Colour needs a terminal, and respects https://no-color.org.</summary>
    public static Terminal OfProcess()
    {
        var wanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new Terminal(Open(DescriptorStream.OpenOutput()), Open(DescriptorStream.OpenError()),
            wanted && !Console.IsOutputRedirected, wanted && !Console.IsErrorRedirected)
        { IsInteractive = !Console.IsOutputRedirected };
    }

    private static StreamWriter Open(Stream stream) => new(stream, bufferSize: 4096) { NewLine = "\n" };
}
