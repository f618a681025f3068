namespace Fairway.Cli.Output;

/// <summary>How results are written (<c>--output</c>).</summary>
internal enum OutputFormat
{
    /// <summary>For people: tables and sentences, free to change.</summary>
    Table,

    /// <summary>For programs: the shape in <c>docs/spec/cli.md</c>.</summary>
    Json,
}
