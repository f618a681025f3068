namespace Fairway.Dataplane.Policies;

/// <summary>
/// Where things stand in a rule image: an array of lines of 64 bytes, 16 words each, in the host's byte order but for addresses.
/// <code>
/// line 0          | generation | being written | first slot | slots - 1 | ...
/// line 1, 2       what generations with an even, an odd number look like: | first shape | shapes | for each direction and family, | rules of In | of Out |
/// slots           | local (4) | remote (4) | other port | list | lengths | in use | since | table | table before |
/// shapes          | local mask (4) | remote mask (4) | other mask | list | lengths | best number | best priority | tier |
/// tables          | cells | 0 | 0 | 0 | then cells of 16 bytes: | first service | rule | priority, action | 0 |
/// </code>
/// A shape is a combination of prefix lengths that some rules have: one look into the slots answers for all rules of the shape.
/// A slot leads to a table, which divides the services (protocol, port or ICMP message) into intervals, each with the rule that is asked first
/// there. bpf/policy.h reads the same.
/// </summary>
internal static class RuleLines
{
    public const int Words = 16;
    public const int Bytes = Words * sizeof(uint);

    // Line 0
    public const int Generation = 0;
    public const int Writing = 1;
    public const int SlotsFirst = 2;
    public const int SlotsMask = 3;

    // Lines 1 and 2
    public const int FirstRoot = 1;
    public const int RulesOfDirection = 8;
    public const int FirstFree = 3;

    // Slots and shapes
    public const int Other = 8;
    public const int List = 9;
    public const int Lengths = 10;
    public const int KeyWords = 11;
    public const int InUse = 11;
    public const int Since = 12;
    public const int Table = 13;
    public const int TableBefore = 14;
    public const int BestNumber = 11;
    public const int BestPriority = 12;
    public const int Tier = 13;

    /// <summary>As many slots are looked at before a key is not there.</summary>
    public const int MaxProbes = 32;

    public const int CellWords = 4;

    /// <summary>Which of the four lists of shapes is the one of a direction and a family.</summary>
    public static int Root(int direction, int family) => (direction * 2) + family;

    /// <summary>The first slot to look at.</summary>
    public static uint Hash(ReadOnlySpan<uint> key)
    {
        uint hash = 0;
        for (int i = 0; i < KeyWords; i++)
        {
            hash = (hash ^ key[i]) * 0x9E3779B1;
            hash ^= hash >> 15;
        }
        return hash;
    }
}
