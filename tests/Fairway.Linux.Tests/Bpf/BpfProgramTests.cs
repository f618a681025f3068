using System.Buffers.Binary;
using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Bpf;

public sealed class BpfProgramTests
{
    [Fact]
    public void Load_FromInstructions_RunsAndReturns()
    {
        using BpfProgram program = Load(Move(0, 42), Exit);

        BpfTestResult result = program.Run(new BpfTestRun { Packet = new byte[60] });

        Assert.Equal(42u, result.ReturnValue);
        Assert.Equal((BpfProgramType.Classifier, "by_hand", 16), (program.Type, program.Name, program.Tag.Length));
        using BpfProgram same = Load(Move(0, 42), Exit);
        using BpfProgram other = Load(Move(0, 43), Exit);
        Assert.Equal(program.Tag, same.Tag);
        Assert.NotEqual(program.Tag, other.Tag);
        Assert.NotEqual(program.Id, same.Id);
    }

    [Fact]
    public void Load_Refused_SaysWhy()
    {
        var error = Assert.Throws<LinuxException>(() => Load(Exit));

        Assert.Equal("load bpf program 'by_hand': Permission denied (EACCES): R0 !read_ok", error.Message);
        Assert.Contains("processed ", error.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PacketTooShort_IsAnError()
    {
        using BpfProgram program = Load(Move(0, 0), Exit);
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => program.Run(new BpfTestRun { Packet = new byte[5] })).Errno);
    }

    [Fact]
    public void Run_NoRoomForTheOutput_SaysHowMuchIsNeeded()
    {
        using BpfProgram program = Load(Move(0, 0), Exit);
        var error = Assert.Throws<LinuxException>(() => program.Run(new BpfTestRun { Packet = new byte[100], OutputSize = 50 }));
        Assert.Contains("has 100 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Context_GoesInAndComesBack()
    {
        using BpfProgram program = Load(Move(0, 0), Exit);
        var context = new SkBuffContext { Mark = 1, Priority = 2, IfIndex = 1, Cb = [1, 2, 3, 4, 5], TimeStamp = 99 };

        SkBuffContext left = program.Run(new BpfTestRun { Packet = new byte[100], Context = context }).Context!;

        Assert.Equal((1u, 2u, 1, 99ul), (left.Mark, left.Priority, left.IfIndex, left.TimeStamp));
        Assert.Equal([1, 2, 3, 4, 5], left.Cb);
        Assert.Throws<ArgumentException>(() => program.Run(new BpfTestRun { Packet = new byte[60], Context = new SkBuffContext { Cb = [1, 2, 3, 4, 5, 6] } }));
    }

    [Fact]
    public void Run_Repeated_TellsTheMeanTime()
    {
        using BpfProgram program = Load(Move(0, 0), Exit);
        Assert.InRange(program.Run(new BpfTestRun { Packet = new byte[60], Repeat = 10000 }).Duration, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Pin_OpenedAgain_IsTheSameProgram()
    {
        using var pins = new BpfDirectory();
        using BpfProgram program = Load(Move(0, 0), Exit);
        program.Pin(pins.PathOf("program"));

        using BpfProgram again = BpfProgram.OpenPinned(pins.PathOf("program"));

        Assert.Equal((program.Id, program.Tag), (again.Id, again.Tag));
    }

    internal static byte[] Exit => Instruction(0x95, 0, 0);

    internal static byte[] Move(int register, int value) => Instruction(0xb7, register, value);

    internal static BpfProgram Load(params byte[][] instructions) => BpfProgram.Load(new BpfProgramSpec
    {
        Name = "by_hand",
        Type = BpfProgramType.Classifier,
        Instructions = instructions.SelectMany(bytes => bytes).ToArray(),
    });

    private static byte[] Instruction(byte code, int register, int immediate)
    {
        byte[] bytes = new byte[8];
        bytes[0] = code;
        bytes[1] = (byte)register;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), immediate);
        return bytes;
    }
}
