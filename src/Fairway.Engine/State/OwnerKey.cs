using Fairway.Model.Endpoints;

namespace Fairway.Engine.State;

/// <summary>What identifies a workload: the engine and the id it gave.</summary>
internal readonly record struct OwnerKey(string Engine, string Id)
{
    public static OwnerKey Of(Owner owner) => new(owner.Engine, owner.Id);
}
