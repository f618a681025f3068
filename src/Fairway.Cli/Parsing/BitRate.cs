using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fairway.Model.Validation;

namespace Fairway.Cli.Parsing;

/// <summary>Rates as tc(8) writes them: <c>10mbit</c>, <c>1.5gbit</c>, <c>64kbit</c>; a bare number is bits a second.</summary>
internal static class BitRate
{
    public const string Syntax = "RATE";

    private static readonly (string Suffix, long Factor)[] s_units =
    [
        ("tbit", 1_000_000_000_000), ("gbit", 1_000_000_000), ("mbit", 1_000_000), ("kbit", 1_000), ("bit", 1),
    ];

    public static bool TryParse(string text, out long rate, [NotNullWhen(false)] out string? error)
    {
        var (suffix, factor) = s_units.FirstOrDefault(unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase), ("", 1));
        rate = 0;
        error = null;
        if (!decimal.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            error = $"'{text}' is not a rate; write bits a second like 10mbit, 1.5gbit or 64kbit";
        else if (number < BandwidthValidator.LowestRate / (decimal)factor || number > BandwidthValidator.HighestRate / (decimal)factor)
            error = $"rate '{text}' is out of range; use 1kbit to 10tbit";
        else
            rate = (long)(number * factor);
        return error is null;
    }
}
