using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// An object file of BPF programs and maps, as clang makes it. Open it, change what must be changed, <see cref="Load"/> it, and take descriptors of
/// its programs and maps, which live on when the object is disposed of. Not thread-safe.
/// </summary>
public sealed unsafe class BpfObject : IDisposable
{
    private readonly string _name;
    private nint _handle;

    private BpfObject(nint handle, string name)
    {
        _handle = handle;
        _name = name;
        Programs = ReadPrograms();
        Maps = ReadMaps();
    }

    /// <summary>Its programs, in the order of the file.</summary>
    public IReadOnlyList<BpfObjectProgram> Programs { get; }

    /// <summary>Its maps, in the order of the file, those that hold global variables included.</summary>
    public IReadOnlyList<BpfObjectMap> Maps { get; }

    /// <summary>Whether <see cref="Load"/> has succeeded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Reads an object file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="pinRoot">
    /// Directory, in a bpf file system, of maps that the program text pins by name (LIBBPF_PIN_BY_NAME); a map pinned there is reused. Null for /sys/fs/bpf.
    /// </param>
    /// <returns>The object.</returns>
    /// <exception cref="LinuxException">No such file (ENOENT), not an object file of BPF programs (ENOEXEC), or libbpf is missing (ELIBACC).</exception>
    public static BpfObject Open(string path, string? pinRoot = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(path, null, pinRoot, (in bpf_object_open_opts options) => Libbpf.bpf_object__open_file(path, options));
    }

    /// <summary>Reads an object file that is in memory.</summary>
    /// <param name="elf">The file's content.</param>
    /// <param name="name">Name of the object, for messages and for the names of maps that hold global variables.</param>
    /// <param name="pinRoot">As in the other overload.</param>
    /// <returns>The object.</returns>
    /// <exception cref="LinuxException">Not an object file of BPF programs (ENOEXEC), or libbpf is missing (ELIBACC).</exception>
    public static BpfObject Open(ReadOnlyMemory<byte> elf, string name, string? pinRoot = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Open(name, name, pinRoot, (in bpf_object_open_opts options) =>
        {
            fixed (byte* bytes = elf.Span)
                return Libbpf.bpf_object__open_mem(bytes, (nuint)elf.Length, options);
        });
    }

    /// <summary>Creates the maps, or opens the pinned ones, and loads the programs that are not left out; all or nothing, except that maps stay pinned.</summary>
    /// <exception cref="LinuxException">
    /// The verifier refused a program (EACCES, EINVAL; <see cref="LinuxException.Log"/> holds all it said), a pinned map has another
    /// layout (EINVAL), or not allowed (EPERM).
    /// </exception>
    public void Load()
    {
        nint handle = Handle;
        int result = LibbpfLog.Collect(() => Libbpf.bpf_object__load(handle), out string warnings);
        if (result < 0)
            throw LibbpfError.From(-result, "load bpf object", _name, warnings);
        IsLoaded = true;
    }

    /// <summary>A program by its name.</summary>
    /// <param name="name">Name of the C function.</param>
    /// <returns>The program.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public BpfObjectProgram Program(string name) => Programs.FirstOrDefault(program => program.Name == name)
        ?? throw new KeyNotFoundException($"bpf object '{_name}' has no program '{name}'");

    /// <summary>A map by its name.</summary>
    /// <param name="name">Name of the C variable.</param>
    /// <returns>The map.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public BpfObjectMap Map(string name) => Maps.FirstOrDefault(map => map.Name == name)
        ?? throw new KeyNotFoundException($"bpf object '{_name}' has no map '{name}'");

    /// <summary>A loaded program, to keep.</summary>
    /// <param name="name">Name of the C function.</param>
    /// <returns>A descriptor of its own.</returns>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public BpfProgram OpenProgram(string name) => Program(name).Open();

    /// <summary>A loaded map, to keep.</summary>
    /// <param name="name">Name of the C variable.</param>
    /// <returns>A descriptor of its own.</returns>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public BpfMap OpenMap(string name) => Map(name).Open();

    /// <summary>Frees the object; programs and maps that were taken, attached or pinned stay.</summary>
    public void Dispose()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
            Libbpf.bpf_object__close(handle);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the object.</summary>
    ~BpfObject() => Dispose();

    /// <inheritdoc/>
    public override string ToString() => _name;

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(_name);

    private delegate nint Opener(in bpf_object_open_opts options);

    private static BpfObject Open(string target, string? objectName, string? pinRoot, Opener open)
    {
        LibbpfLog.EnsureLoaded();
        fixed (byte* name = Terminated(objectName), root = Terminated(pinRoot))
        {
            var options = new bpf_object_open_opts { sz = (nuint)sizeof(bpf_object_open_opts), object_name = name, pin_root_path = root };
            int error = 0;
            nint handle = LibbpfLog.Collect(
                () =>
                {
                    nint result = open(options);
                    error = Marshal.GetLastPInvokeError();
                    return result;
                },
                out string warnings);
            return handle != 0 ? new BpfObject(handle, target) : throw LibbpfError.From(error, "open bpf object", target, warnings);
        }
    }

    private static byte[]? Terminated(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text + '\0');

    private List<BpfObjectProgram> ReadPrograms()
    {
        var result = new List<BpfObjectProgram>();
        for (nint at = 0; (at = Libbpf.bpf_object__next_program(_handle, at)) != 0;)
            result.Add(new BpfObjectProgram(this, at));
        return result;
    }

    private List<BpfObjectMap> ReadMaps()
    {
        var result = new List<BpfObjectMap>();
        for (nint at = 0; (at = Libbpf.bpf_object__next_map(_handle, at)) != 0;)
            result.Add(new BpfObjectMap(this, at));
        return result;
    }
}
