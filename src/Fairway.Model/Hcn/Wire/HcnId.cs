namespace Fairway.Model.Hcn.Wire;

/// <summary>Ids as HNS writes them.</summary>
public static class HcnId
{
    /// <summary>36 characters in upper case, without braces.</summary>
    public static string Format(Guid id) => id.ToString("D").ToUpperInvariant();
}
