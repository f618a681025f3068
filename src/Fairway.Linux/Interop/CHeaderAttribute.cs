namespace Fairway.Linux.Interop;

/// <summary>
/// Names the system headers that define the constants or the struct it stands on. The tests generate a C program from these
/// marks and compare every value, size and offset with what the compiler says.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class CHeaderAttribute(params string[] headers) : Attribute
{
    public IReadOnlyList<string> Headers { get; } = headers;
}
