namespace Fairway.Engine.Ipam;

/// <summary>
/// Numbers the switch knows things by. The search for a free one goes on where the last ended, so that a freed number is used again as
/// late as possible.
/// </summary>
/// <param name="First">Smallest number.</param>
/// <param name="Last">Largest number.</param>
/// <param name="Cursor">The number given last, or the one before <paramref name="First"/>.</param>
/// <param name="Used">Numbers in use.</param>
internal sealed record NumberSpace(uint First, uint Last, uint Cursor, SlotSet Used)
{
    public static NumberSpace Of(uint first, uint last) => new(first, last, first - 1, SlotSet.Empty);

    public int Count => Used.Count;

    /// <summary>The number to give next, or null when all are in use. <see cref="Take"/> gives it.</summary>
    public uint? Next()
    {
        var free = Cursor < Last ? Used.FirstFree(Cursor + 1, Last) : null;
        free ??= Used.FirstFree(First, Last);
        return (uint?)free;
    }

    public NumberSpace Take(uint number) => this with { Used = Used.Add(number), Cursor = number };

    /// <summary>Marks a number of the store as used without moving the cursor.</summary>
    public NumberSpace Restore(uint number) => this with { Used = Used.Add(number) };

    public NumberSpace Free(uint number) => this with { Used = Used.Remove(number) };
}
