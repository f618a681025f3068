namespace Fairway.Cli.Output;

internal static class PaintExtensions
{
    extension(string text)
    {
        /// <summary>The text in a colour, where colour is on.</summary>
        public string In(Paint paint, bool colour) => colour && paint != Paint.None && text.Length > 0 ? $"\e[{(int)paint}m{text}\e[0m" : text;
    }
}
