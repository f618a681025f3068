using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Policies;

public sealed class PolicyRequestTests
{
    private static readonly PolicySet s_present = PolicySet.Empty(Guid.NewGuid()).With(PolicyChange.Add(
        [.. Enumerable.Range(1, 20).Select(n => Rule(n <= 18 ? $"r{n}" : "twin", n)), Rule("3", 99), Rule(null, 100)]), out _);

    [Theory]
    [InlineData(new[] { "r7" }, new uint[] { 7 })]
    [InlineData(new[] { "twin" }, new uint[] { 19, 20 })]
    [InlineData(new[] { "3", "r3" }, new uint[] { 3 })] // a number before an id
    [InlineData(new[] { "r1", "r2", "r4", "r5", "r6", "twin", "twin", "5" }, new uint[] { 1, 2, 4, 5, 6, 19, 20 })]
    public void Names_AreNumbersOrIds_EachRuleOnce(string[] names, uint[] expected) =>
        Assert.Equal(expected, PolicyRequest.RemoveNamed(s_present, names).Removed.Select(rule => rule.Number).Order());

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Name_ThatNoRuleHas_IsRefused(int count)
    {
        var refused = Assert.Throws<FairwayException>(() => PolicyRequest.RemoveNamed(s_present, [.. Enumerable.Range(1, count - 1).Select(n => $"r{n}"), "nobody"]));
        Assert.Equal((ErrorKind.NotFound, HcnErrorCode.PolicyNotFound), (refused.Kind, refused.HcnCode));
        Assert.Contains("'nobody'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Rules_AreFoundByWhatTheySay(int count)
    {
        ImmutableArray<AclRule> asked = [.. Enumerable.Range(1, count).Select(n => Rule($"r{n}", n))];
        Assert.Equal(asked.Select((_, index) => (uint)index + 1), PolicyRequest.Remove(s_present, asked).Removed.Select(rule => rule.Number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Rule_ThatIsNotThere_IsRefusedAtItsPlace(int count)
    {
        ImmutableArray<AclRule> asked = [.. Enumerable.Range(1, count - 1).Select(n => Rule($"r{n}", n)), Rule("r1", 1) with { Action = PolicyAction.Allow }];
        var refused = Assert.Throws<FairwayException>(() => PolicyRequest.Remove(s_present, asked));
        Assert.Equal($"$[{count - 1}]", Assert.Single(refused.Findings).Path);
    }

    private static AclRule Rule(string? id, int number) => new()
    {
        Kind = PolicyKind.Acl,
        Direction = PolicyDirection.In,
        Action = PolicyAction.Block,
        Id = id,
        Protocols = [6],
        Remote = new AddressMatch { Prefixes = [IPNetwork.Parse($"192.0.2.{number}/32")] },
    };

    /// <summary>Versions of a set share an index of what they added; each must find in it what a look at all its rules finds.</summary>
    [Fact]
    public void Rules_AreFound_WhateverChanged()
    {
        var random = new Random(11);
        var (set, earlier) = (s_present, s_present);
        for (int step = 0; step < 400; step++)
        {
            AclRule[] present = [.. set.Rules.Values];
            ImmutableArray<AclRule> removed = [.. present.Where(_ => random.Next(8) == 0)];
            ImmutableArray<AclRule> added = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Rule(random.Next(5) == 0 ? null : $"r{random.Next(12)}", random.Next(1, 255)))];
            // Some take the place of one that is there.
            ImmutableArray<AclRule> replaced = [.. present.Except(removed).Where(_ => random.Next(10) == 0).Select(rule => rule with { Id = $"r{random.Next(12)}" })];
            (set, earlier) = (set.With(new PolicyChange(removed, [.. added, .. replaced], [], []), out _), set);
            foreach (var version in new[] { set, earlier })
            {
                string asked = $"r{random.Next(12)}";
                Assert.Equal(version.Rules.Values.Where(rule => rule.Id == asked), version.Called(asked));
                foreach (var rule in removed.Concat(added))
                    Assert.Equal(version.Rules.Values.FirstOrDefault(rule.IsSame), version.Same(rule));
            }
        }
    }
}
