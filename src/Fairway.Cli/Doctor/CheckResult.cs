namespace Fairway.Cli.Doctor;

/// <summary>One finding of <c>fairway doctor</c>.</summary>
/// <param name="Check">What was looked at: <c>kernel</c>, <c>firewall</c>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do about it, or null.</param>
internal sealed record CheckResult(string Check, CheckLevel Level, string Message, string? Remedy = null)
{
    public static CheckResult Ok(string check, string message) => new(check, CheckLevel.Ok, message);

    public static CheckResult Warn(string check, string message, string remedy) => new(check, CheckLevel.Warn, message, remedy);

    public static CheckResult Fail(string check, string message, string remedy) => new(check, CheckLevel.Fail, message, remedy);
}
