namespace Fairway.Cli.Output;

/// <summary>The colours in use (ECMA-48 SGR): few, and never the only carrier of a meaning.</summary>
internal enum Paint
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}
