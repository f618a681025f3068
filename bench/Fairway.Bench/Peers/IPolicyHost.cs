namespace Fairway.Bench.Peers;

/// <summary>A peer with rules about what may pass between the client and the server of a path.</summary>
internal interface IPolicyHost
{
    /// <summary>Puts a number of rules in place, none of which is about the client; what none is about passes.</summary>
    void Install(int rules);

    /// <summary>Adds one more.</summary>
    void AddOne();

    /// <summary>Takes that one away.</summary>
    void RemoveOne();

    /// <summary>Takes all away.</summary>
    void Clear();
}
