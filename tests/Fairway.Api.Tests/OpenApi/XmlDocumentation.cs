using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fairway.Api.Tests.OpenApi;

/// <summary>Summaries from the XML documentation that lies beside each assembly.</summary>
internal static partial class XmlDocumentation
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> s_members = [];

    public static string? OfType(Type type) => Text(Member(type, $"T:{type.FullName}")?.Element("summary"));

    /// <summary>A property's summary, or the parameter it comes from in a positional record.</summary>
    public static string? OfMember(MemberInfo member)
    {
        var type = member.DeclaringType!;
        return Text(Member(type, $"P:{type.FullName}.{member.Name}")?.Element("summary"))
            ?? Text(Member(type, $"T:{type.FullName}")?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == member.Name));
    }

    private static XElement? Member(Type type, string id)
    {
        if (!s_members.TryGetValue(type.Assembly, out var members))
        {
            var path = Path.ChangeExtension(type.Assembly.Location, ".xml");
            members = XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
            s_members[type.Assembly] = members;
        }
        return members.GetValueOrDefault(id);
    }

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        foreach (var reference in element.Descendants().Where(child => child.Attribute("cref") is not null).ToList())
            reference.ReplaceWith(reference.Attribute("cref")!.Value.Split('.')[^1]);
        var text = Whitespace().Replace(element.Value, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
