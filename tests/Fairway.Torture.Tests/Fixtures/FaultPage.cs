using System.IO.MemoryMappedFiles;
using System.Text;

namespace Fairway.Torture.Tests.Fixtures;

/// <summary>
/// What a daemon started with <see cref="Environment"/> shares with the test: it counts the system calls by which it changes something
/// while armed, and at chosen ones dies or has them fail. The daemon is the product itself; <c>fault.c</c> is preloaded.
/// </summary>
internal sealed class FaultPage : IDisposable
{
    /// <summary>struct page in fault.c.</summary>
    private const int Armed = 0, Counter = 4, First = 8, Last = 12, Error = 16, Hits = 20, Names = 64, NameLength = 48, NameCount = 4096;

    private static readonly Lazy<string> s_library = new(Compile);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"fairway-fault-{Guid.NewGuid():N}");
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public FaultPage()
    {
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.CreateNew, null, Names + (NameLength * NameCount));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>What makes a program take part.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["LD_PRELOAD"] = s_library.Value, ["FAIRWAY_FAULT_PAGE"] = _path };

    /// <summary>Steps counted since it was armed.</summary>
    public uint Steps => _view.ReadUInt32(Counter);

    /// <summary>Whether any was hit.</summary>
    public bool WasHit => _view.ReadUInt32(Hits) > 0;

    /// <summary>Counts, and kills at one step.</summary>
    public void ArmKill(uint step) => Arm(step, step, 0);

    /// <summary>Counts, and has steps fail.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="last">The last one.</param>
    /// <param name="errno">How.</param>
    public void ArmError(uint first, uint last, int errno) => Arm(first, last, errno);

    /// <summary>Counts only.</summary>
    public void Count() => Arm(uint.MaxValue, 0, 0);

    public void Disarm() => _view.Write(Armed, 0u);

    /// <summary>What a step was.</summary>
    public string NameOf(uint step)
    {
        if (step >= Math.Min(Steps, NameCount))
            return "none";
        byte[] name = new byte[NameLength];
        _view.ReadArray(Names + (step * NameLength), name, 0, NameLength);
        return Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private void Arm(uint first, uint last, int error)
    {
        Disarm();
        _view.Write(Counter, 0u);
        _view.Write(First, first);
        _view.Write(Last, last);
        _view.Write(Error, error);
        _view.Write(Hits, 0u);
        Thread.MemoryBarrier();
        _view.Write(Armed, 1u);
    }

    private static string Compile()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "fault.so");
        CommandResult compiled = Programs.RunAsync(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "Fixtures/fault.c"), "-ldl"]).GetAwaiter().GetResult();
        compiled.Expect();
        return library;
    }
}
