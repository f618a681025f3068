using System.CommandLine.Parsing;

namespace Fairway.Cli.CommandLine;

internal static class ArgumentResultExtensions
{
    extension(ArgumentResult result)
    {
        /// <summary>Refuses the value with a sentence for the user.</summary>
        public T Refuse<T>(string sentence)
        {
            result.AddError(sentence);
            return default!;
        }
    }
}
