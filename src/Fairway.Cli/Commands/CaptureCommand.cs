using System.CommandLine;
using System.Globalization;
using Fairway.Cli.Capture;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Cli.Resources;
using Fairway.Linux.Capture;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway capture</c>: at the endpoint's own interface, where both directions pass as the workload sees them.</summary>
internal sealed class CaptureCommand
{
    private const string StandardOutput = "-";

    private readonly Argument<string> _endpoint = ResourceCommands.Reference(EndpointResource.Instance);

    private readonly Option<string?> _file = new("--write", "-w") { Description = "File to write; - for standard output (default, when that is no terminal)", HelpName = "FILE" };

    private readonly Option<long?> _count = new("--count", "-c")
    {
        Description = "End after this many packets",
        HelpName = "N",
        CustomParser = result => long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : result.Refuse<long?>($"'{result.Tokens[0].Value}' is no number of packets; write a whole number from 1"),
    };

    public static CliCommand Create() => new CaptureCommand().Command();

    private CliCommand Command() => new CliCommand("capture", "Captures the packets of an endpoint as a pcap file, for tcpdump and Wireshark; Ctrl-C ends it")
    {
        Examples = """
            fairway capture c1 -w c1.pcap
            fairway capture c1 | tcpdump -n -r -
            fairway capture c1 -c 100 | wireshark -k -i -
            """,
    }
    .With(_endpoint)
    .With(_file, _count)
    .Does(RunAsync);

    private async Task RunAsync(Session session)
    {
        var file = session.Get(_file) ?? StandardOutput;
        if (file == StandardOutput && session.Terminal.IsInteractive)
            throw new FairwayException(ErrorKind.InvalidArgument, "command line", "a capture is no text for a terminal; name a file with --write FILE, or pipe it: fairway capture c1 | tcpdump -n -r -");
        var endpoint = await session.Client.GetEndpointAsync(session.Get(_endpoint), session.Cancellation);
        using var socket = await OpenAsync(session, endpoint);
        using var stream = Open(session, file);
        var count = await Task.Factory.StartNew(() => Capture(session, socket, stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Tell(session, new CaptureDocument(endpoint.Spec.Name ?? endpoint.Spec.Id.ToString(), file == StandardOutput ? null : file, count, (long)socket.ReadStatistics().Dropped));
    }

    private long Capture(Session session, PacketSocket socket, Stream stream)
    {
        var writer = new PcapWriter(stream);
        writer.WriteHeader(new PacketSocketOptions().SnapLength);
        writer.Flush();
        return PacketCapture.Run(socket, writer, session.Get(_count) ?? long.MaxValue, session.Cancellation);
    }

    private static async Task<PacketSocket> OpenAsync(Session session, Endpoint endpoint)
    {
        var title = $"endpoint '{endpoint.Spec.Name ?? endpoint.Spec.Id.ToString()}'";
        if (endpoint.Spec.VirtualNic is not null)
            return OpenTap(title, endpoint.Spec.InterfaceName);
        if (endpoint.Spec.NamespaceId is not { } id)
            throw new FairwayException(ErrorKind.Conflict, title, $"capture {title}: it is in no namespace; attach it first");
        var known = await session.Client.GetNamespaceAsync(id.ToString(), session.Cancellation);
        using var inside = NetworkNamespace.OpenPath(known.Spec.Path!);
        using var route = RouteNetlink.Open(inside);
        var link = route.FindLink(endpoint.Spec.InterfaceName)
            ?? throw new FairwayException(ErrorKind.Conflict, title, $"capture {title}: its interface '{endpoint.Spec.InterfaceName}' is not in namespace '{known.Spec.Name ?? known.Spec.Path}'; see fairway doctor");
        return PacketSocket.Open(link.Index, inside);
    }

    /// <summary>A virtual machine's NIC is seen from the host's side: both directions pass there as the machine sees them.</summary>
    private static PacketSocket OpenTap(string title, string tap)
    {
        using var route = RouteNetlink.Open();
        var link = route.FindLink(tap) ?? throw new FairwayException(ErrorKind.Conflict, title, $"capture {title}: its tap '{tap}' is not here; run this where fairwayd runs, and see fairway doctor");
        return PacketSocket.Open(link.Index);
    }

    private static BufferedStream Open(Session session, string file)
    {
        try
        {
            return new BufferedStream(file == StandardOutput ? session.Terminal.OpenRaw() : new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read), 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairwayException(ErrorKind.InvalidArgument, file, $"write '{file}': {e.Message.TrimEnd('.')}; name another file", inner: e);
        }
    }

    /// <summary>On standard error, as every such tool does it; only a document goes to standard output, when no packets do.</summary>
    private static void Tell(Session session, CaptureDocument document)
    {
        var text = session.Format == OutputFormat.Json
            ? JsonText.Indented(new Shape<CaptureDocument>("Capture", [document]))
            : $"captured {Text.Count(document.Packets, "packet")} of endpoint '{document.Endpoint}'{(document.Dropped == 0 ? "" : $", {document.Dropped} more were lost")}";
        var stdout = session.Format == OutputFormat.Json && document.File is not null;
        (stdout ? session.Terminal.Out : session.Terminal.Error).WriteLine(text);
    }
}
