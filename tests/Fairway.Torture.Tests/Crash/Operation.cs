namespace Fairway.Torture.Tests.Crash;

/// <summary>One request of a user, and how to tell what became of it.</summary>
/// <param name="Name">For messages.</param>
/// <param name="AskAsync">Makes the request.</param>
/// <param name="UndoAsync">Brings the state before it back.</param>
/// <param name="FindAsync">Whether its whole effect is there (true), nothing of it (false); fails on anything between.</param>
internal sealed record Operation(string Name, Func<Task> AskAsync, Func<Task> UndoAsync, Func<Task<bool>> FindAsync)
{
    public override string ToString() => Name;

    /// <summary>The way back, as a request of its own.</summary>
    public Operation Reverse() => new($"undo: {Name}", UndoAsync, AskAsync, async () => !await FindAsync());
}
