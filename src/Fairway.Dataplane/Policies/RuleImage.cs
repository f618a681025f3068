namespace Fairway.Dataplane.Policies;

/// <summary>
/// Writes an image. The switch reads it meanwhile: whoever began with generation N reads nothing of N + 1, since a slot keeps what it
/// led to before; and looks again at the end whether N + 2 has been begun, which overwrites what N reads.
/// </summary>
internal sealed class RuleImage
{
    private readonly LineAllocator _lines;
    private readonly int _slots;
    private int _used;

    /// <param name="memory">Empty memory.</param>
    /// <param name="slots">Power of two.</param>
    /// <param name="generation">The generation to begin after.</param>
    public RuleImage(ImageMemory memory, int slots, uint generation)
    {
        Memory = memory;
        _slots = slots;
        Generation = generation;
        _lines = new LineAllocator(RuleLines.FirstFree + slots, memory.Lines);
        Span<uint> header = memory.Line(0);
        header[RuleLines.Generation] = header[RuleLines.Writing] = generation;
        header[RuleLines.SlotsFirst] = RuleLines.FirstFree;
        header[RuleLines.SlotsMask] = (uint)slots - 1;
    }

    public ImageMemory Memory { get; }

    /// <summary>The last one finished.</summary>
    public uint Generation { get; private set; }

    /// <summary>Whether so many more keys find room. A table too full makes long searches.</summary>
    public bool HasRoomFor(int nodes) => _used + nodes <= _slots / 4 * 3;

    /// <summary>Begins a generation. What the one before the last read may be overwritten now.</summary>
    public void Begin()
    {
        Volatile.Write(ref Memory.Line(0)[RuleLines.Writing], Generation + 1);
        Interlocked.MemoryBarrier();
        _lines.Release();
    }

    /// <summary>Has the switch read the generation that was begun.</summary>
    public void Finish() => Volatile.Write(ref Memory.Line(0)[RuleLines.Generation], ++Generation);

    /// <summary>Writes a table, unless it stands already.</summary>
    /// <returns>False when there is no room.</returns>
    public bool Place(RuleTable table)
    {
        if (table.Line != 0)
            return true;
        table.Line = _lines.Take(table.Lines);
        if (table.Line == 0)
            return false;
        table.Write(Memory.Words[(table.Line * RuleLines.Words)..]);
        return true;
    }

    /// <summary>Takes a table out that the generation under way does not use.</summary>
    public void Remove(RuleTable table)
    {
        _lines.GiveBack(table.Line, table.Lines);
        table.Line = 0;
    }

    /// <summary>Leads a node to a table, or nowhere.</summary>
    /// <returns>False when no slot is free near where it is looked for.</returns>
    public bool Lead(RuleNode node, RuleTable? table)
    {
        if (node.Slot == 0 && !TakeSlot(node))
            return false;
        Span<uint> slot = Memory.Line(node.Slot);
        slot[RuleLines.TableBefore] = slot[RuleLines.Table];
        // Both at once: a reader sees the new table with its generation, or neither.
        ulong now = Generation + 1 | (ulong)(table?.Line ?? 0) << 32;
        Volatile.Write(ref System.Runtime.InteropServices.MemoryMarshal.Cast<uint, ulong>(slot[RuleLines.Since..])[0], now);
        return true;
    }

    /// <summary>Writes the shapes of the generation under way.</summary>
    /// <param name="roots">For each direction and family its shapes, in the order they are looked at.</param>
    /// <param name="rules">How many rules each direction has.</param>
    /// <param name="before">Where the shapes of the generation before stand; receives where these do.</param>
    public bool WriteRoots(IReadOnlyList<RuleShape>[] roots, int[] rules, ref (int Line, int Count) before)
    {
        int count = roots.Sum(shapes => shapes.Count);
        int line = count == 0 ? 0 : _lines.Take(count);
        if (count > 0 && line == 0)
            return false;
        if (before.Count > 0)
            _lines.GiveBack(before.Line, before.Count);
        before = (line, count);
        Span<uint> root = Memory.Line(RuleLines.FirstRoot + (int)(Generation + 1 & 1));
        for (int i = 0; i < roots.Length; i++)
        {
            root[2 * i] = (uint)line;
            root[(2 * i) + 1] = (uint)roots[i].Count;
            foreach (RuleShape shape in roots[i])
                shape.Write(Memory.Line(line++));
        }
        for (int direction = 0; direction < rules.Length; direction++)
            root[RuleLines.RulesOfDirection + direction] = (uint)rules[direction];
        return true;
    }

    private bool TakeSlot(RuleNode node)
    {
        Span<uint> key = stackalloc uint[RuleLines.KeyWords];
        node.Key.Write(key);
        uint hash = RuleLines.Hash(key);
        for (uint probe = 0; probe < RuleLines.MaxProbes; probe++)
        {
            int line = RuleLines.FirstFree + (int)(hash + probe & (uint)_slots - 1);
            Span<uint> slot = Memory.Line(line);
            if (slot[RuleLines.InUse] != 0)
                continue;
            key.CopyTo(slot);
            Volatile.Write(ref slot[RuleLines.InUse], 1);
            node.Slot = line;
            _used++;
            return true;
        }
        return false;
    }
}
