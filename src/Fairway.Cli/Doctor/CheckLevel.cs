namespace Fairway.Cli.Doctor;

/// <summary>How much a finding matters, least first.</summary>
internal enum CheckLevel
{
    /// <summary>As it should be, or good to know.</summary>
    Ok,

    /// <summary>Something works less well, or differently than one might think.</summary>
    Warn,

    /// <summary>Something does not work.</summary>
    Fail,
}
