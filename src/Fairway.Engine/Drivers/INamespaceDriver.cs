namespace Fairway.Engine.Drivers;

/// <summary>Makes, deletes and identifies network namespaces.</summary>
/// <remarks>Called from several threads at once.</remarks>
public interface INamespaceDriver
{
    /// <summary>Makes <c>/run/netns/NAME</c> with loopback up, or returns the existing one's path. When it throws, nothing is left.</summary>
    /// <param name="name">File name below /run/netns; the instance's prefix is part of it.</param>
    string Create(string name);

    /// <summary>Deletes one we made; absence is success.</summary>
    void Delete(string path);

    /// <summary>SO_NETNS_COOKIE behind a path; null when the path leads to no namespace.</summary>
    ulong? Identify(string path);
}
