using System.Buffers.Binary;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Publications;

/// <summary>Publications as rows: one for each host port, and one for each prefix that may use a restricted one.</summary>
internal static class PublicationTable
{
    public static IEnumerable<KeyValuePair<PublicationKey, PublicationRow>> RowsOf(PublicationPlan publication)
    {
        var row = new PublicationRow
        {
            Number = publication.Number,
            Port = publication.Port,
            Generation = publication.Generation,
            Network = publication.Network,
            Flags = publication.From.Length > 0 ? PublicationRow.From : 0,
            Target = new MappedAddress(publication.Target),
        };
        for (int i = 0; i < publication.Count; i++)
        {
            row.TargetPort = BinaryPrimitives.ReverseEndianness((ushort)(publication.TargetPort + i));
            yield return new(new PublicationKey(publication.HostAddress, (ushort)(publication.HostPort + i), publication.Protocol), row);
        }
    }

    public static IEnumerable<SourceKey> SourcesOf(PublicationPlan publication)
        => publication.From.Select(prefix => new SourceKey(publication.Number, prefix));
}
