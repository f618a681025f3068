using Fairway.Model.Ports;

namespace Fairway.Model.Validation;

/// <summary>
/// Publications of one request that claim the same host port. Sorted by port, each is compared only with those whose ranges reach it: ten
/// thousand single ports take milliseconds, not seconds.
/// </summary>
internal static class PublicationCollisions
{
    /// <summary>For each publication the first earlier one it overlaps, or -1.</summary>
    public static int[] Find(IReadOnlyList<PortPublication> publications)
    {
        var first = new int[publications.Count];
        Array.Fill(first, -1);
        var open = new List<int>();
        foreach (var index in Enumerable.Range(0, publications.Count).OrderBy(index => publications[index].HostPort))
        {
            var publication = publications[index];
            open.RemoveAll(other => publications[other].LastHostPort < publication.HostPort);
            foreach (var other in open)
                if (publications[other].Overlaps(publication)) Note(first, index, other);
            open.Add(index);
        }
        return first;
    }

    private static void Note(int[] first, int one, int other)
    {
        var (earlier, later) = one < other ? (one, other) : (other, one);
        if (first[later] < 0 || earlier < first[later]) first[later] = earlier;
    }
}
