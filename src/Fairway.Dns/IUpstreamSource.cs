namespace Fairway.Dns;

/// <summary>Says whom to ask about the outside. Asked for each query that goes there, so it answers from memory.</summary>
public interface IUpstreamSource
{
    /// <summary>The configuration in force; an equal one is the same object as before.</summary>
    UpstreamConfiguration Current { get; }
}
