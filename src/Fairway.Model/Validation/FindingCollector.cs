using System.Collections.Immutable;
using Fairway.Model.Errors;

namespace Fairway.Model.Validation;

/// <summary>Gathers findings about one part of a document; the <c>At</c> methods lead into its members and elements.</summary>
public sealed class FindingCollector
{
    private readonly List<Finding> _findings;
    private readonly string _path;

    /// <summary>Starts at a document's root.</summary>
    public FindingCollector()
        : this([], "$")
    {
    }

    private FindingCollector(List<Finding> findings, string path)
    {
        _findings = findings;
        _path = path;
    }

    /// <summary>Everything found so far, wherever in the document.</summary>
    public ImmutableArray<Finding> Findings => [.. _findings];

    /// <summary>The same collection, one member deeper.</summary>
    /// <param name="member">A member name.</param>
    public FindingCollector At(string member) => new(_findings, $"{_path}.{member}");

    /// <summary>The same collection, one array element deeper.</summary>
    /// <param name="member">The member that holds the array.</param>
    /// <param name="index">The element, from 0.</param>
    public FindingCollector At(string member, int index) => new(_findings, $"{_path}.{member}[{index}]");

    /// <summary>The same collection, at an element of a part that is an array itself.</summary>
    /// <param name="index">The element, from 0.</param>
    public FindingCollector At(int index) => new(_findings, $"{_path}[{index}]");

    /// <summary>Adds a finding about this part.</summary>
    /// <param name="message">Object, cause and remedy, lower case.</param>
    /// <param name="hcnCode">The HCN code that fits best, or null.</param>
    public void Add(string message, uint? hcnCode = null) => _findings.Add(new Finding(_path, message, hcnCode));

    /// <summary>Adds a finding when there is something to say.</summary>
    /// <param name="message">The message, or null for none.</param>
    /// <param name="hcnCode">The HCN code that fits best, or null.</param>
    public void AddIf(string? message, uint? hcnCode = null)
    {
        if (message is not null) Add(message, hcnCode);
    }

    /// <summary>Adds a finding whose path starts at this part.</summary>
    internal void AddBelow(Finding finding) => _findings.Add(finding with { Path = _path + finding.Path[1..] });
}
