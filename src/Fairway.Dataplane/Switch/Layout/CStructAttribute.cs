namespace Fairway.Dataplane.Switch.Layout;

/// <summary>
/// Names the struct of <c>bpf/layout.h</c> a struct mirrors. Members carry the C names in C# spelling (<c>host_cookie</c>, HostCookie), padding begins
/// with Pad; a test compares sizes and offsets with the compiler's.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class CStructAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
