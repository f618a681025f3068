using System.Reflection;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Tests.Interop;

/// <summary>The system's own headers are the judges of every constant and struct in Fairway.Linux/Interop.</summary>
public sealed class HeaderTests
{
    /// <summary>One row for each set of headers that is included together; headers of the kernel and of the C library often exclude each other.</summary>
    public static TheoryData<string> HeaderSets()
        => [.. HeaderCheck.Types().Select(Key).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(HeaderSets))]
    public void ConstantsAndStructs_OfTheseHeaders_AreAsInC(string headers)
    {
        List<string> assertions = [.. HeaderCheck.Types().Where(type => Key(type) == headers).SelectMany(HeaderCheck.Assertions)];

        Assert.NotEmpty(assertions);
        string complaint = HeaderCheck.Compile(headers.Split(' '), assertions);
        Assert.True(complaint.Length == 0, complaint);
    }

    [Fact]
    public void Errno_EveryValue_IsAsInC() => Assert.Equal("", HeaderCheck.Compile(["errno.h"], Enum.GetValues<Errno>()
        .Where(errno => errno != Errno.None)
        .Select(errno => $"_Static_assert({errno} == {(int)errno}, \"{errno} is {(int)errno} in C#\");")));

    [Fact]
    public void Check_OfAWrongValue_Fails()
    {
        string complaint = HeaderCheck.Compile(["errno.h"], ["_Static_assert(EPERM == 2, \"EPERM is 2 in C#\");"]);
        Assert.Contains("EPERM is 2 in C#", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_OfInterop_NameTheirHeader()
    {
        Type[] declarations = [typeof(Libc), typeof(Libbpf), typeof(CHeaderAttribute), typeof(in_addr16)];
        IEnumerable<string> unmarked = typeof(CHeaderAttribute).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(CHeaderAttribute).Namespace && type.DeclaringType is null)
            .Except(declarations)
            .Where(type => type.GetCustomAttribute<CHeaderAttribute>() is null)
            .Select(type => type.Name);
        Assert.Empty(unmarked);
    }

    private static string Key(Type type) => string.Join(' ', type.GetCustomAttribute<CHeaderAttribute>()!.Headers);
}
