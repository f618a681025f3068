using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Tests.Interop;

/// <summary>Turns what the marked types claim about C into assertions, and asks a compiler.</summary>
internal static class HeaderCheck
{
    /// <summary>The marked types.</summary>
    public static IEnumerable<Type> Types() => typeof(CHeaderAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CHeaderAttribute>() is not null);

    /// <summary>Assertions on the constants of a class, or on the layout of a struct.</summary>
    public static IEnumerable<string> Assertions(Type type)
    {
        var header = type.GetCustomAttribute<CHeaderAttribute>()!;
        return type.IsValueType ? OfStruct(type, header) : OfConstants(type);
    }

    /// <summary>Compiles assertions against headers.</summary>
    /// <returns>What the compiler complained about; empty when all hold.</returns>
    public static string Compile(IEnumerable<string> headers, IEnumerable<string> assertions)
    {
        var source = new StringBuilder("#define _GNU_SOURCE\n#include <stddef.h>\n");
        foreach (string header in headers)
            source.Append($"#include <{header}>\n");
        foreach (string assertion in assertions)
            source.Append(assertion).Append('\n');
        var start = new ProcessStartInfo("gcc") { RedirectStandardInput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-fsyntax-only", "-fmax-errors=0", "-std=gnu11", "-x", "c", "-"])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(source);
        process.StandardInput.Close();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : errors;
    }

    private static IEnumerable<string> OfConstants(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(field => field.IsLiteral)
        .Select(field => Assert($"(long long)({field.Name})", Convert.ToInt64(field.GetRawConstantValue()), $"{type.Name}.{field.Name}"));

    private static IEnumerable<string> OfStruct(Type type, CHeaderAttribute header)
    {
        string c = header.Type ?? $"struct {type.Name}";
        string whole = header.Member is null ? $"sizeof({c})" : $"sizeof((({c} *)0)->{header.Member})";
        if (!header.Leading)
            yield return Assert(whole, RawStruct.SizeOf(type), $"size of {type.Name}");
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            (int offset, int size) = RawStruct.Locate(type, field);
            string member = header.Member is null ? field.Name : $"{header.Member}.{field.Name}";
            string start = header.Member is null ? "" : $" - offsetof({c}, {header.Member})";
            yield return Assert($"offsetof({c}, {member}){start}", offset, $"offset of {type.Name}.{field.Name}");
            yield return Assert($"sizeof((({c} *)0)->{member})", size, $"size of {type.Name}.{field.Name}");
        }
    }

    private static string Assert(string expression, long value, string what)
        => $"_Static_assert({expression} == {value}LL, \"{what} is {value} in C#\");";

    /// <summary>Where the runtime puts the fields of a struct, found by filling them.</summary>
    private static class RawStruct
    {
        public static int SizeOf(Type type)
            => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

        public static (int Offset, int Size) Locate(Type type, FieldInfo field)
        {
            object box = RuntimeHelpers.GetUninitializedObject(type);
            field.SetValue(box, Ones(field.FieldType));
            Span<byte> bytes = Bytes(box, SizeOf(type));
            return (bytes.IndexOf((byte)0xFF), bytes.Count((byte)0xFF));
        }

        private static unsafe object Ones(Type type)
        {
            if (type.IsPointer)
                return Pointer.Box((void*)-1, type);
            object box = RuntimeHelpers.GetUninitializedObject(type);
            Bytes(box, SizeOf(type)).Fill(0xFF);
            return box;
        }

        private static Span<byte> Bytes(object box, int size)
            => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.As<Data>(box).First, size);

        private sealed class Data
        {
            public byte First;
        }
    }
}
