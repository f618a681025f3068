using System.Globalization;
using System.Net;
using System.Text.Json;
using Fairway.Cni.Protocol;
using Fairway.Model.Addressing;
using Fairway.Model.Names;

namespace Fairway.Cni.Configuration;

/// <summary>A value of the configuration and the path to it, so that whoever wrote it is told where it is wrong.</summary>
/// <param name="Element">The value.</param>
/// <param name="Path">Members from the top: <c>runtimeConfig.portMappings[0].hostPort</c>; empty for the whole.</param>
internal readonly record struct Node(JsonElement Element, string Path)
{
    /// <summary>This, if it is an object.</summary>
    public Node Object()
    {
        Expect(JsonValueKind.Object, "an object");
        return this;
    }

    /// <summary>The values of an object, by name. JSON's null counts as absent, because runtimes write it for what they do not set.</summary>
    public IEnumerable<(string Name, Node Value)> Members()
    {
        foreach (var member in Object().Element.EnumerateObject())
            if (member.Value.ValueKind != JsonValueKind.Null)
                yield return (member.Name, Below(member.Name, member.Value));
    }

    /// <summary>
    /// The values of an object whose writer may not mind case: runtimes in Go write <c>HostPort</c> for hostPort, and Go's readers take both.
    /// </summary>
    /// <param name="known">The members there are; names come back spelled so, others as they were written.</param>
    public IEnumerable<(string Name, Node Value)> Members(params string[] known) =>
        Members().Select(member => (known.FirstOrDefault(name => name.Equals(member.Name, StringComparison.OrdinalIgnoreCase)) ?? member.Name, member.Value));

    /// <summary>The member, or null when it is absent.</summary>
    public Node? Member(string name) =>
        Object().Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Below(name, value) : null;

    /// <summary>The values of an array.</summary>
    public IEnumerable<Node> Items()
    {
        Expect(JsonValueKind.Array, "an array");
        var index = 0;
        foreach (var item in Element.EnumerateArray())
            yield return new Node(item, $"{Path}[{index++}]");
    }

    /// <summary>A string.</summary>
    public string Text()
    {
        Expect(JsonValueKind.String, "a string");
        return Element.GetString()!;
    }

    /// <summary>An array of strings.</summary>
    public IEnumerable<string> Texts() => Items().Select(item => item.Text());

    /// <summary>A whole number in a range.</summary>
    public int Number(int lowest, int highest) => (int)Long(lowest, highest);

    /// <summary>A whole number in a range.</summary>
    public long Long(long lowest, long highest) =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt64(out var value) && value >= lowest && value <= highest
            ? value
            : throw Wrong($"{Shown} is not a whole number from {lowest.ToString(CultureInfo.InvariantCulture)} to {highest.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>True or false.</summary>
    public bool Truth() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong($"{Shown} is not true or false"),
    };

    /// <summary>An IP address.</summary>
    public IPAddress Address() => AddressText.TryParse(Text(), out var address, out var error) ? address : throw Wrong(error);

    /// <summary>A prefix without host bits.</summary>
    public IPNetwork Prefix() => PrefixText.TryParse(Text(), out var prefix, out var error) ? prefix : throw Wrong(error);

    /// <summary>The answer to a value that is not as it must be.</summary>
    public CniException Wrong(string what) => new(CniErrorCode.InvalidConfiguration, $"{Path}: {what}");

    /// <summary>The answer to a member that means nothing here; it has to name the member and its value (CNI specification, "Error").</summary>
    public CniException Unsupported(string remedy) => new(CniErrorCode.UnsupportedField, $"{Path}: {Shown} is not supported; {remedy}");

    private Node Below(string name, JsonElement value) => new(value, Path.Length == 0 ? name : $"{Path}.{name}");

    private string Shown
    {
        get
        {
            const int Enough = 80;
            var text = Element.GetRawText();
            return ResourceName.Printable(text.Length <= Enough ? text : text[..Enough] + "...");
        }
    }

    private void Expect(JsonValueKind kind, string what)
    {
        if (Element.ValueKind != kind)
            throw Path.Length == 0 ? new CniException(CniErrorCode.Undecodable, $"the network configuration is not {what}") : Wrong($"{Shown} is not {what}");
    }
}
