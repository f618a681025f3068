namespace Fairway.Netavark;

/// <summary>This program.</summary>
internal static class Product
{
    public static string Version { get; } = typeof(Product).Assembly.GetName().Version!.ToString(3);
}
