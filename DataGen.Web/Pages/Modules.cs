using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace DataGen.Web.Pages;

/// <summary>
/// The addresses of the browser's own code. Its modules import each other by plain names, so that the names cannot tell one
/// version from the next; the folder they are asked for in does, <c>/js/4f0c…/api.js</c>. A browser then keeps them for good.
/// </summary>
internal sealed class Modules(IWebHostEnvironment environment)
{
    private const string Folder = "/js";
    private const int VersionLength = 12;

    // While somebody changes the files, their addresses say nothing and the browser asks each time.
    private readonly string folder = environment.IsDevelopment()
        ? Folder
        : $"{Folder}/{VersionOf(environment.WebRootFileProvider)}";

    /// <summary>Where a page finds a module.</summary>
    /// <param name="name">Its name without <c>.js</c>.</param>
    internal string Address(string name) => $"{folder}/{name}.js";

    /// <summary>Leads what is asked for in the folder of a version to the one folder there is. Only this version is to be
    /// kept: a page of another one gets what there is, as it did before, when replicas of two versions run beside each
    /// other.</summary>
    internal Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith(Folder + "/", StringComparison.Ordinal) && path.LastIndexOf('/') > Folder.Length)
        {
            context.Request.Path = Folder + path[path.LastIndexOf('/')..];
            if (path.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                context.Response.OnStarting(
                    static state =>
                    {
                        var response = (HttpResponse)state;
                        if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
                        {
                            response.Headers.CacheControl = "public, max-age=31536000, immutable";
                        }

                        return Task.CompletedTask;
                    },
                    context.Response
                );
            }
        }

        return next(context);
    }

    private static string VersionOf(IFileProvider root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in root.GetDirectoryContents(Folder).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            using var content = file.CreateReadStream();
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }
}
