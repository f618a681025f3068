namespace Fairway.Architecture.Tests;

/// <summary>What one project may reference, and what would go wrong if it referenced more.</summary>
internal sealed record Arrow(string From, string[] To, string Reason)
{
    public static readonly Arrow[] All =
    [
        new("Fairway.Model", [],
            "documents and validation are shared with every client and plugin; anything it references, they all carry"),
        new("Fairway.Linux", [],
            "it is a netlink and bpf library of its own and knows no product word"),
        new("Fairway.Engine", ["Fairway.Model"],
            "planning and reconciling must run against a fake kernel; a reference to Linux would let I/O into the planner"),
        new("Fairway.Dns", ["Fairway.Model"],
            "the resolver answers from a table it is handed; it must not reach into the store or the kernel"),
        new("Fairway.Dataplane", ["Fairway.Model", "Fairway.Engine", "Fairway.Linux"],
            "drivers turn plans into kernel objects; they serve no HTTP and no DNS"),
        new("Fairway.Api", ["Fairway.Model", "Fairway.Engine"],
            "the API writes the store and nothing else; touching the kernel from a request would bypass the reconciler"),
        new("Fairway.Client", ["Fairway.Model"],
            "programs that talk to the daemon must not carry the daemon"),
        new("Fairway.Cli", ["Fairway.Client", "Fairway.Model", "Fairway.Linux"],
            "the command changes networks only through the API; what it could change by itself, nobody else could automate"),
        new("Fairway.Cni", ["Fairway.Client", "Fairway.Linux", "Fairway.Model"],
            "it is started for every container: each assembly it carries is read again each time; of Linux it takes the streams, for .NET's own start threads"),
        new("Fairway.Netavark", ["Fairway.Client", "Fairway.Model"],
            "Podman starts it for every container: it asks the daemon and does nothing to the kernel itself"),
        new("Fairway.Daemon",
            ["Fairway.Api", "Fairway.Dataplane", "Fairway.Dns", "Fairway.Engine", "Fairway.Linux", "Fairway.Model"],
            "the composition root puts the parts together; it is no client of itself"),
    ];

    public static TheoryData<string> Projects() => [.. All.Select(arrow => arrow.From)];

    public static Arrow Of(string project) => All.Single(arrow => arrow.From == project);
}
