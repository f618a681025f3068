namespace Fairway.Engine.Tests.Histories;

/// <summary>One random step. What its numbers mean depends on the kind; few different values make steps meet.</summary>
internal readonly record struct Step(StepKind Kind, int A, int B, int C)
{
    public override string ToString() => $"{Kind}({A},{B},{C})";
}
