using System.Globalization;

namespace Fairway.Daemon.Listening;

/// <summary>Finds a group's number in /etc/group: <c>fairway:x:997:alice,bob</c> (group(5)). System groups are local, so no name service is asked.</summary>
internal static class GroupFile
{
    public static uint? Find(string name, string path = "/etc/group")
    {
        if (!File.Exists(path)) return null;
        return File.ReadLines(path)
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length >= 3 && fields[0] == name)
            .Select(fields => uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (uint?)null)
            .FirstOrDefault();
    }
}
