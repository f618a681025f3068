using System.Globalization;

namespace Fairway.Cli.Parsing;

/// <summary>
/// Numbers of users and groups, by name: <c>/etc/passwd</c> and <c>/etc/group</c> have the name first and the number third (passwd(5), group(5)). Those
/// that only a name service knows are given by number.
/// </summary>
internal static class AccountFile
{
    public const string Users = "/etc/passwd";
    public const string Groups = "/etc/group";

    /// <summary>The number a text stands for, or null.</summary>
    public static uint? Find(string text, string path)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        if (!File.Exists(path))
            return null;
        return File.ReadLines(path)
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length >= 3 && fields[0] == text)
            .Select(fields => uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : (uint?)null)
            .FirstOrDefault();
    }
}
