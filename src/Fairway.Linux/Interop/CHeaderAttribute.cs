namespace Fairway.Linux.Interop;

/// <summary>
/// Names the system headers that define the constants or the struct it stands on. The tests generate a C program from these
/// marks and compare every value, size and offset with what the compiler says.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class CHeaderAttribute(params string[] headers) : Attribute
{
    public IReadOnlyList<string> Headers { get; } = headers;

    /// <summary>The C type, where it is not <c>struct</c> and the name of the C# type: <c>union bpf_attr</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The member of that type which the struct stands for; empty when the struct mirrors unnamed members.</summary>
    public string? Member { get; init; }

    /// <summary>The struct leaves out what the C type has behind it; its size is not compared.</summary>
    public bool Leading { get; init; }
}
