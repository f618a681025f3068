namespace Fairway.Cli.Output;

/// <summary>One column of a table.</summary>
/// <param name="Header">Its title, in capitals.</param>
/// <param name="Text">A row's cell.</param>
/// <param name="Paint">The cell's colour, or null for none.</param>
internal sealed record Column<T>(string Header, Func<T, string> Text, Func<T, Paint>? Paint = null);
