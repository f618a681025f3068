using System.Collections.Immutable;

namespace Fairway.Model.Collections;

/// <summary>Keeps <c>default(ImmutableArray)</c>, which throws on every use, out of the records.</summary>
internal static class ImmutableArrayExtensions
{
    extension<T>(ImmutableArray<T> array)
    {
        /// <summary>The array, or an empty one where it was never set (a member missing from a document).</summary>
        public ImmutableArray<T> OrEmpty() => array.IsDefault ? [] : array;
    }
}
