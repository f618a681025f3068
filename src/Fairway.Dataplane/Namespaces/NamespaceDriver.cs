using Fairway.Dataplane.Marks;
using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Namespaces;

/// <inheritdoc/>
internal sealed class NamespaceDriver(Instance instance) : INamespaceDriver
{
    /// <inheritdoc/>
    public string Create(string name)
    {
        RequireOurs(name);
        string path = NetworkNamespace.PathOf(name);
        try
        {
            using NetworkNamespace made = OpenOrCreate(name, out bool isNew);
            try
            {
                made.SetLoopbackUp();
            }
            catch when (isNew)
            {
                NetworkNamespace.Delete(name);
                throw;
            }
            return path;
        }
        catch (LinuxException e)
        {
            throw new FairwayException(ErrorKind.Internal, $"namespace '{name}'", e.Message, inner: e);
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        string name = Path.GetFileName(path);
        RequireOurs(name);
        if (path != NetworkNamespace.PathOf(name))
            throw NotOurs(path);
        try
        {
            NetworkNamespace.Delete(name);
        }
        catch (LinuxException e)
        {
            throw new FairwayException(ErrorKind.Internal, $"namespace '{path}'", e.Message, inner: e);
        }
    }

    /// <inheritdoc/>
    public ulong? Identify(string path)
    {
        try
        {
            using NetworkNamespace found = NetworkNamespace.OpenPath(path);
            return found.Cookie;
        }
        catch (LinuxException e) when (IsAbsence(e.Errno))
        {
            return null;
        }
        catch (LinuxException e)
        {
            throw new FairwayException(ErrorKind.Internal, $"namespace '{path}'", e.Message, inner: e);
        }
    }

    /// <summary>Whether opening a path failed because no namespace is there: no file, a process that ended, or a file whose mount has gone.</summary>
    public static bool IsAbsence(Errno errno) => errno is Errno.ENOENT or Errno.ENOTDIR or Errno.EINVAL or Errno.ESRCH or Errno.ENXIO;

    /// <summary>A name without a mount is what a crash left between making the file and mounting on it; it is made anew.</summary>
    private static NetworkNamespace OpenOrCreate(string name, out bool isNew)
    {
        isNew = false;
        try
        {
            return NetworkNamespace.OpenNamed(name);
        }
        catch (LinuxException e) when (IsAbsence(e.Errno))
        {
            NetworkNamespace.Delete(name);
            isNew = true;
            return NetworkNamespace.Create(name);
        }
    }

    private void RequireOurs(string name)
    {
        if (!name.StartsWith(instance.NamespacePrefix, StringComparison.Ordinal) || name.Length == instance.NamespacePrefix.Length)
            throw NotOurs(name);
        if (name == instance.ResolverNamespace)
        {
            throw new FairwayException(ErrorKind.Conflict, $"namespace '{name}'",
                $"change namespace '{name}': the resolvers of the networks live there; choose another name");
        }
    }

    private FairwayException NotOurs(string name) => new(ErrorKind.InvalidArgument, $"namespace '{name}'",
        $"change namespace '{name}': it does not belong to instance '{instance}'; only /run/netns/{instance.NamespacePrefix}NAME is made and deleted here");
}
