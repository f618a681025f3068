namespace Fairway.Bench.Groups;

/// <summary>Rows that are measured together.</summary>
internal interface IGroup
{
    /// <summary>Its name, for <c>--rows</c>.</summary>
    string Name { get; }

    /// <summary>What is measured.</summary>
    string Title { get; }

    /// <summary>How, in a few sentences.</summary>
    string Note { get; }

    /// <summary>What its rows count, where they are measured at several numbers.</summary>
    string Counted => "";

    void Run(Stage stage);
}
