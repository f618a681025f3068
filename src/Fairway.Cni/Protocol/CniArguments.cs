using System.Collections.Immutable;
using Fairway.Model.Names;

namespace Fairway.Cni.Protocol;

/// <summary>
/// <c>CNI_ARGS</c>: <c>KEY=VALUE;KEY=VALUE</c>. Kubernetes' runtimes tell the pod this way. A key nobody here knows is refused unless
/// <c>IgnoreUnknown</c> is set, as plugins have always done.
/// </summary>
internal sealed record CniArguments
{
    public static CniArguments None { get; } = new();

    public string? PodNamespace { get; init; }
    public string? PodName { get; init; }
    public string? PodUid { get; init; }
    /// <summary>A static address, with or without prefix length.</summary>
    public string? Address { get; init; }
    /// <summary>A static MAC.</summary>
    public string? Mac { get; init; }
    private ImmutableArray<string> Unknown { get; init; } = [];
    private bool IgnoresUnknown { get; init; }

    public static CniArguments Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return None;
        var arguments = None;
        foreach (var pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            arguments = arguments.With(pair.Split('=', 2) is [var key, var value]
                ? (key, value)
                : throw Wrong($"'{ResourceName.Printable(pair)}' is not KEY=VALUE"));
        return arguments is { IgnoresUnknown: false, Unknown: not [] }
            ? throw Wrong($"{string.Join(", ", arguments.Unknown.Select(key => $"'{ResourceName.Printable(key)}'"))} is not known here; leave it out, or set IgnoreUnknown=1")
            : arguments;
    }

    private CniArguments With((string Key, string Value) pair) => pair switch
    {
        ("IgnoreUnknown", var value) => this with { IgnoresUnknown = value is "1" or "true" or "True" or "TRUE" or "t" or "T" },
        ("K8S_POD_NAMESPACE", var value) => this with { PodNamespace = value },
        ("K8S_POD_NAME", var value) => this with { PodName = value },
        ("K8S_POD_UID", var value) => this with { PodUid = value },
        // The sandbox's id again: it is CNI_CONTAINERID.
        ("K8S_POD_INFRA_CONTAINER_ID", _) => this,
        ("IP", var value) => this with { Address = value },
        ("MAC", var value) => this with { Mac = value },
        var (key, _) => this with { Unknown = Unknown.Add(key) },
    };

    private static CniException Wrong(string what) => new(CniErrorCode.InvalidEnvironment, $"CNI_ARGS: {what}");
}
