using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace DataGen.Web.Pages;

/// <summary>
/// The addresses of the JavaScript modules. Modules import each other by plain names, which cannot contain a version,
/// so the folder in their address contains it: <c>/js/4f0c…/api.js</c>. A browser can then keep them for good.
/// </summary>
internal sealed class Modules(IWebHostEnvironment environment)
{
    private const string Folder = "/js";
    private const int VersionLength = 12;

    // No version during development, where the files change: the browser asks each time.
    private readonly string? version = environment.IsDevelopment() ? null : VersionOf(environment.WebRootFileProvider);

    /// <summary>The address of a module.</summary>
    /// <param name="name">Its name without <c>.js</c>.</param>
    internal string Address(string name) => version is null ? $"{Folder}/{name}.js" : $"{Folder}/{version}/{name}.js";

    /// <summary>Serves the folder of any version from the one folder that exists. A browser may keep only the files of
    /// this version: while replicas of two versions run side by side, a page of the other version gets these files and
    /// asks again the next time.</summary>
    internal Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith(Folder + "/", StringComparison.Ordinal) && path.LastIndexOf('/') > Folder.Length)
        {
            context.Request.Path = Folder + path[path.LastIndexOf('/')..];
            if (version is not null && path.StartsWith($"{Folder}/{version}/", StringComparison.Ordinal))
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
        var files = root.GetDirectoryContents(Folder).OrderBy(file => file.Name, StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            throw new InvalidOperationException($"There is nothing in wwwroot{Folder}.");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var content = file.CreateReadStream();
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }
}
