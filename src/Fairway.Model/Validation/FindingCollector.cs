using System.Collections.Immutable;
using Fairway.Model.Errors;

namespace Fairway.Model.Validation;

/// <summary>Gathers findings about one part of a document; the <c>At</c> methods lead into its members and elements.</summary>
public sealed class FindingCollector
{
    private readonly List<Finding> _findings;
    private readonly FindingCollector? _parent;
    private readonly string? _member;
    private readonly int? _index;

    /// <summary>Starts at a document's root.</summary>
    public FindingCollector() => _findings = [];

    private FindingCollector(FindingCollector parent, string? member, int? index) => (_findings, _parent, _member, _index) = (parent._findings, parent, member, index);

    // Put together when there is a finding: of 100,000 rules there is none.
    private string Path => $"{_parent?.Path ?? "$"}{(_member is null ? "" : $".{_member}")}{(_index is null ? "" : $"[{_index}]")}";

    /// <summary>Everything found so far, wherever in the document.</summary>
    public ImmutableArray<Finding> Findings => [.. _findings];

    /// <summary>The same collection, one member deeper.</summary>
    /// <param name="member">A member name.</param>
    public FindingCollector At(string member) => new(this, member, null);

    /// <summary>The same collection, one array element deeper.</summary>
    /// <param name="member">The member that holds the array.</param>
    /// <param name="index">The element, from 0.</param>
    public FindingCollector At(string member, int index) => new(this, member, index);

    /// <summary>The same collection, at an element of a part that is an array itself.</summary>
    /// <param name="index">The element, from 0.</param>
    public FindingCollector At(int index) => new(this, null, index);

    /// <summary>Adds a finding about this part.</summary>
    /// <param name="message">Object, cause and remedy, lower case.</param>
    /// <param name="hcnCode">The HCN code that fits best, or null.</param>
    public void Add(string message, uint? hcnCode = null) => _findings.Add(new Finding(Path, message, hcnCode));

    /// <summary>Adds a finding when there is something to say.</summary>
    /// <param name="message">The message, or null for none.</param>
    /// <param name="hcnCode">The HCN code that fits best, or null.</param>
    public void AddIf(string? message, uint? hcnCode = null)
    {
        if (message is not null) Add(message, hcnCode);
    }

    /// <summary>Adds a finding whose path starts at this part.</summary>
    internal void AddBelow(Finding finding) => _findings.Add(finding with { Path = Path + finding.Path[1..] });
}
