namespace Fairway.Architecture.Tests;

public sealed class ArrowTests
{
    [Fact]
    public void EveryProject_HasItsArrowStated() =>
        Assert.Equal(Arrow.All.Select(arrow => arrow.From).Order(StringComparer.Ordinal), Repository.ProductionProjects());

    [Theory]
    [MemberData(nameof(Arrow.Projects), MemberType = typeof(Arrow))]
    public void Project_References_OnlyWhatItsArrowAllows(string project)
    {
        var arrow = Arrow.Of(project);
        var banned = Repository.Items(project, "ProjectReference").Except(arrow.To);
        Assert.True(!banned.Any(), $"{project} references {string.Join(", ", banned)}: {arrow.Reason}");
    }

    [Theory]
    [MemberData(nameof(Arrow.Projects), MemberType = typeof(Arrow))]
    public void AspNetCore_IsReferenced_OnlyByApiAndDaemon(string project)
    {
        var web = Repository.Project(project).Root!.Attribute("Sdk")!.Value == "Microsoft.NET.Sdk.Web"
            || Repository.Items(project, "FrameworkReference").Contains("Microsoft.AspNetCore.App");
        Assert.True(!web || project is "Fairway.Api" or "Fairway.Daemon",
            $"{project} references ASP.NET Core: only the HTTP surface and the composition root know the web server");
    }

    [Theory]
    [InlineData("Fairway.Model")]
    [InlineData("Fairway.Linux")]
    [InlineData("Fairway.Client")]
    public void Library_NeedsNoPackage(string project)
    {
        var packages = Repository.Items(project, "PackageReference");
        Assert.True(packages.Count == 0,
            $"{project} references {string.Join(", ", packages)}: programs that start once per container carry it");
    }
}
