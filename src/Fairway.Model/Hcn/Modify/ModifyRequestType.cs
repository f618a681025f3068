using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>What a modify request does (HCN schema, ModifyRequestType).</summary>
[JsonConverter(typeof(NameConverter<ModifyRequestType>))]
public enum ModifyRequestType
{
    /// <summary>Add what is given.</summary>
    Add,
    /// <summary>Take away what is given.</summary>
    Remove,
    /// <summary>Replace by what is given.</summary>
    Update,
    /// <summary>Apply again.</summary>
    Refresh,
    /// <summary>Back to the start.</summary>
    Reset,
}
