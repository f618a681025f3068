namespace Fairway.Netavark.CommandLine;

/// <summary>What people see who call this program themselves.</summary>
internal static class HelpText
{
    public const string Text = """
        Fairway in netavark's place: Podman calls this program to connect its containers. Not meant to be called by hand.

        Usage: netavark [OPTIONS] COMMAND

        Commands:
          setup NETNS       connects a container to networks (request on standard input, status on standard output)
          teardown NETNS    disconnects it
          update NETWORK    changes whom the network's resolver asks (--network-dns-servers ADDRESS,...)
          create            completes the configuration of a new network
          version           says what this is
          info              says what this is, as a plugin

        Options:
          -f, --file FILE                    reads the request from a file
          -r, --rootless true|false          whether Podman is not root, which Fairway refuses
          -c, --config DIRECTORY, -a, --aardvark-binary FILE, --firewall-driver NAME, -p, --plugin-directory DIRECTORY
                                             what netavark needs and Fairway does not

        The daemon's socket is $FAIRWAY_SOCKET, else /run/fairway/fairway.sock.

        """;
}
