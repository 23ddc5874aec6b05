// Written by `npm run generate`.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A folder of manifests in a Git repository, kept applied as one transaction a commit and wave. */
        "dev.gantry.gitops.v1alpha1.Application": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            /** @description Name, namespace, labels, annotations and whatever else every object has. */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Wanted state: source, destination and what happens by itself. */
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationSpec"];
            /** @description Seen state: sync, health, objects and history. */
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationStatus"];
        };
        /** @description An Application that comes first. */
        "dev.gantry.gitops.v1alpha1.ApplicationDependency": {
            /** @description Name of an Application. */
            name: string;
            /** @description Its namespace. Default: the same. */
            namespace?: string;
        };
        /** @description The namespace of objects that name none. */
        "dev.gantry.gitops.v1alpha1.ApplicationDestination": {
            /** @description Namespace of objects that name none. Default: the namespace of the Application. */
            namespace?: string;
            /** @description Labels of the namespace, when the sync makes it. */
            labels?: {
                [key: string]: string;
            };
        };
        /** @description One commit that was applied, refused or passed over. */
        "dev.gantry.gitops.v1alpha1.ApplicationHistoryEntry": {
            /** @description The full commit id. */
            commit: string;
            /** @description First line of the commit message. */
            message?: string;
            /** @description Who wrote the commit. */
            author?: string;
            /** @description Who pushed or asked for the sync. */
            user?: string;
            /** @description When it was applied or refused. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When everything was healthy; absent while it is not. */
            healthyTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description How it ended.
             * @enum {string}
             */
            result?: "Applied" | "Failed" | "Rejected" | "Superseded";
            /**
             * @description Why it was applied. Default: a new commit.
             * @enum {string}
             */
            cause?: "Commit" | "Request" | "Rollback" | "Retry";
            /** @description Why, in words. */
            reason?: string;
            /**
             * Format: int32
             * @description Objects created.
             */
            created?: number;
            /**
             * Format: int32
             * @description Objects changed.
             */
            changed?: number;
            /**
             * Format: int32
             * @description Objects deleted.
             */
            pruned?: number;
            /**
             * Format: int32
             * @description Waves in which it was applied, when more than one.
             */
            waves?: number;
            /**
             * Format: int32
             * @description Transactions in which it was applied, when more than one.
             */
            transactions?: number;
        };
        /** @description What was last seen of one object. */
        "dev.gantry.gitops.v1alpha1.ApplicationObjectStatus": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /**
             * @description Whether the live object is as the commit says.
             * @enum {string}
             */
            sync?: "Synced" | "OutOfSync";
            /**
             * @description How the object is doing.
             * @enum {string}
             */
            health?: "Healthy" | "Progressing" | "Degraded" | "Suspended" | "Missing" | "Unknown" | "Unmanaged";
            /** @description Why, in words. */
            message?: string;
            /** @description file:line in the repository. */
            source?: string;
            /**
             * Format: int32
             * @description Wave in which it is applied, when it is not 0.
             */
            wave?: number;
            /** @description Its manifest says that it is never deleted by a sync. */
            keep?: boolean;
            /** @description Who changed it, when it is out of sync. */
            touched?: components["schemas"]["dev.gantry.gitops.v1alpha1.ObjectTouch"];
            /** @description Commit that it was applied from, when that is not the one that was last applied as a whole. */
            commit?: string;
            /** @description It came since the last sync that left no deletions over: of the prune budget it is no part yet. */
            added?: boolean;
        };
        /** @description A folder of a Repository, at a branch, tag, semver range or commit. */
        "dev.gantry.gitops.v1alpha1.ApplicationSource": {
            /** @description Name of a Repository in the same namespace. */
            repository: string;
            /**
             * @description Branch that is followed.
             * @default main
             */
            branch?: string;
            /** @description Tag that is followed instead of the branch. */
            tag?: string;
            /** @description Range such as ">=1.2.0 <2": the highest tag in it is followed. */
            semver?: string;
            /** @description Commit to stay at, by its full id. Wins over semver, tag and branch, in this order. */
            commit?: string;
            /**
             * @description Folder in the repository. With a kustomization.yaml in it Kustomize renders it, with a Chart.yaml Helm; else every manifest below it is taken as it is.
             * @default .
             */
            path?: string;
            /** @description How a chart is rendered. */
            helm?: components["schemas"]["dev.gantry.gitops.v1alpha1.HelmSource"];
        };
        /** @description What an Application should bring about. */
        "dev.gantry.gitops.v1alpha1.ApplicationSpec": {
            /** @description Where the manifests come from. */
            source: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationSource"];
            /** @description Where the objects go. */
            destination?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationDestination"];
            /**
             * @description What happens by itself.
             * @default {}
             */
            syncPolicy?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationSyncPolicy"];
            /** @description Applications that must be synced and healthy before this one is applied. */
            dependsOn?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationDependency"][];
            /** @description What others may change without it being drift. */
            ignoreDifferences?: components["schemas"]["dev.gantry.gitops.v1alpha1.IgnoredDifference"][];
            /** @description Who is told what becomes of it; at most 10 are. */
            notifications?: components["schemas"]["dev.gantry.gitops.v1alpha1.Notification"][];
            /**
             * @description Whether its objects stay or go when the Application is deleted.
             * @default Orphan
             * @enum {string}
             */
            deletionPolicy?: "Orphan" | "Cascade";
            /** @description Service account of the same namespace whose rights the sync acts with, instead of those of spec.user. Only who may impersonate it may set it. */
            serviceAccountName?: string;
            /** @description The user whose rights the sync acts with. Only a user with the verb impersonate on it may set it; set to the pusher by a push. */
            user?: string;
            /** @description Groups of that user, as they were when it was set. */
            groups?: string[];
        };
        /** @description What was last seen of an Application. */
        "dev.gantry.gitops.v1alpha1.ApplicationStatus": {
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * @description Whether the cluster is as the commit says.
             * @enum {string}
             */
            sync?: "Synced" | "OutOfSync" | "Unknown";
            /**
             * @description How the object is doing.
             * @enum {string}
             */
            health?: "Healthy" | "Progressing" | "Degraded" | "Suspended" | "Missing" | "Unknown";
            /** @description Why, in words. */
            message?: string;
            /** @description Commit that was last applied. */
            commit?: string;
            /** @description Newest commit of what is followed. */
            targetCommit?: string;
            /** @description The sync that is under way. */
            operation?: components["schemas"]["dev.gantry.gitops.v1alpha1.SyncOperation"];
            /** @description Deletions that wait for an approval. */
            pendingPrune?: components["schemas"]["dev.gantry.gitops.v1alpha1.PendingPrune"];
            /** @description A commit that was rolled back. */
            quarantine?: components["schemas"]["dev.gantry.gitops.v1alpha1.Quarantine"];
            /** @description Every object of the commit that was last applied. */
            objects?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationObjectStatus"][];
            /**
             * Format: int32
             * @description Objects of which message and touched are left out, since the status would be too large.
             */
            detailsOmitted?: number;
            /** @description Version of the chart that was applied, when it comes from a chart repository. */
            chartVersion?: string;
            /** @description Newest first, at most 50. */
            history?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationHistoryEntry"][];
            /** @description What is going on, one a type. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
        };
        /** @description Whether syncs, corrections and deletions happen by themselves, and how often they are tried. */
        "dev.gantry.gitops.v1alpha1.ApplicationSyncPolicy": {
            /**
             * @description Apply each new commit without being asked.
             * @default true
             */
            automated?: boolean;
            /**
             * @description Delete what the commit no longer holds.
             * @default true
             */
            prune?: boolean;
            /**
             * @description Put back what others changed.
             * @default false
             */
            selfHeal?: boolean;
            /**
             * @description How much may be deleted without an approval.
             * @default {}
             */
            pruneBudget?: components["schemas"]["dev.gantry.gitops.v1alpha1.PruneBudget"];
            /**
             * @description What becomes of a sync that failed.
             * @default {}
             */
            retry?: components["schemas"]["dev.gantry.gitops.v1alpha1.RetryPolicy"];
            /**
             * @description How long a wave or a hook may take to become healthy before the sync has failed.
             * @default 5m
             */
            timeout?: string;
        };
        /** @description A server-side apply (and prune) of many objects in one transaction. Never stored: posted, answered, gone. */
        "dev.gantry.gitops.v1alpha1.ApplySet": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            /** @description Name, namespace, labels, annotations and whatever else every object has. */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Objects to apply and to delete. */
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetSpec"];
            /** @description What was done. */
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetStatus"];
        };
        /** @description What the ledger is told of the change. */
        "dev.gantry.gitops.v1alpha1.ApplySetLedger": {
            /** @description Namespace of the Application. */
            namespace: string;
            /** @description Name of an Application that acts with the rights of the caller. */
            application: string;
            /** @description Name of its Repository. */
            repository?: string;
            /** @description Branch or tag that it follows. */
            ref?: string;
            /** @description The full commit id. */
            commit?: string;
            /** @description First line of the commit message. */
            commitMessage?: string;
            /** @description The same for all entries of one sync. */
            syncId?: string;
        };
        /** @description An object to delete. */
        "dev.gantry.gitops.v1alpha1.ApplySetReference": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /** @description When set, only the object with this uid is deleted. */
            uid?: string;
        };
        /** @description What was done with one object. */
        "dev.gantry.gitops.v1alpha1.ApplySetResult": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /**
             * @description What was done, or in a dry run would be.
             * @enum {string}
             */
            operation?: "create" | "update" | "none" | "delete" | "error";
            /** @description The live object before; absent when it was created. */
            before?: unknown;
            /** @description The object as it is, or in a dry run would be, afterwards. */
            after?: unknown;
            /** @description With spec.explain: paths of the fields that mutating admission set, at most 500. */
            admitted?: string[];
            /** @description With spec.authors: the user who changed or deleted it last, the commits of a sync and parts of the cluster left out. */
            changedBy?: string;
            /** @description The Status that the same request alone would have got. */
            error?: unknown;
        };
        /** @description Objects that are applied and deleted in one transaction. */
        "dev.gantry.gitops.v1alpha1.ApplySetSpec": {
            /** @description Compute every result, store nothing. */
            dryRun?: boolean;
            /** @description Of a dry run: say which fields admission set, and leave out objects that would stay as they are. */
            explain?: boolean;
            /** @description Of a dry run: say who last changed each object that would change, of the first hundred. */
            authors?: boolean;
            /** @description Who owns the fields that are applied. */
            fieldManager: string;
            /** @description Take over fields that other managers own, instead of failing with a conflict. */
            force?: boolean;
            /** @description Kept with each change, e.g. the commit. */
            origin?: string;
            /** @description Records each object that changes in the ledger of this Application, with what was sent for it. */
            ledger?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetLedger"];
            /** @description Objects to apply, in any order. Definitions of kinds and namespaces go first. */
            apply?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"][];
            /** @description Objects to delete, after all applies. */
            prune?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetReference"][];
        };
        /** @description Whether all took effect, and what became of each object. */
        "dev.gantry.gitops.v1alpha1.ApplySetStatus": {
            /** @description True when everything took effect; false when nothing did. */
            applied?: boolean;
            /**
             * Format: int64
             * @description Version of the store after the change; of a dry run, the one that it compares with.
             */
            revision?: number;
            /** @description One an object: those of spec.apply in their order, then those of spec.prune. */
            results?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetResult"][];
        };
        /** @description Keys that commits must be signed with. */
        "dev.gantry.gitops.v1alpha1.CommitVerification": {
            /** @description The keys that are trusted: any key of the Secret that ends in .asc or .gpg holds OpenPGP public keys, one named allowed_signers those of SSH. */
            secretRef: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
        };
        /** @description A chart of the repository or of a chart repository, and its values. */
        "dev.gantry.gitops.v1alpha1.HelmSource": {
            /** @description https:// of a Helm repository, or oci:// of a registry, that holds the chart. Empty: the chart is the folder at path. */
            repositoryURL?: string;
            /** @description Name of the chart in repositoryURL. */
            chart?: string;
            /** @description Version of the chart, or a semver range. Default: the newest. */
            version?: string;
            /** @description How often repositoryURL is asked for a newer version in the range: a duration, at least 5s. Default: 5m. */
            interval?: string;
            /** @description Credentials for repositoryURL: keys username and password, or token; ca.crt for an authority of its own. */
            secretRef?: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
            /** @description Default: the name of the Application. */
            releaseName?: string;
            /** @description Files of the repository, relative to path; later ones win. */
            valuesFiles?: string[];
            /** @description Values that win over those of the files. */
            values?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /** @description Leave out the chart's crds folder. */
            skipCRDs?: boolean;
        };
        /** @description Fields that others may change without it being drift. */
        "dev.gantry.gitops.v1alpha1.IgnoredDifference": {
            /** @description API group of the objects; empty is the core group. Default: any. */
            group?: string;
            /** @description Kind of the objects; * is any. */
            kind: string;
            /** @description Their namespace. Default: any. */
            namespace?: string;
            /** @description Their name. Default: any. */
            name?: string;
            /** @description Fields that others may change, as in RFC 6901; * stands for any one step. */
            jsonPointers?: string[];
            /** @description Field managers that may change what they own. */
            managers?: string[];
        };
        /** @description One thing that a commit, a push or a person did to Applications. Appended by the server and the sync; never changed. */
        "dev.gantry.gitops.v1alpha1.LedgerEntry": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            /** @description Name, namespace, labels, annotations and whatever else every object has. */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What happened.
             * @enum {string}
             */
            type: "Push" | "PushRejected" | "Plan" | "Sync" | "Change" | "Prune" | "PruneHeld" | "Failure" | "Approval" | "Rollback" | "Drift" | "Heal" | "Healthy" | "Degraded";
            /** @description When, to the millisecond. Default: when it was recorded. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description The user who did it, or with whose rights it was done. Default: who recorded it. */
            actor?: string;
            /** @description Name of the Application in the namespace of the entry. */
            application?: string;
            /** @description Name of the Repository. */
            repository?: string;
            /** @description Branch or tag, or what else the Application follows. */
            ref?: string;
            /** @description The full commit id. */
            commit?: string;
            /** @description First line of the commit message. */
            commitMessage?: string;
            /** @description The object that it is about. */
            object?: components["schemas"]["dev.gantry.gitops.v1alpha1.LedgerObject"];
            /**
             * @description What was done to the object.
             * @enum {string}
             */
            operation?: "create" | "update" | "delete";
            /** @description Images that the object runs. */
            images?: string[];
            /** @description What went wrong, in words. */
            error?: string;
            /**
             * Format: int64
             * @description How long it took, in milliseconds: of a Sync until it was applied, of Healthy since the commit was applied.
             */
            durationMs?: number;
            /** @description The same for all entries of one sync or push. */
            syncId?: string;
            /**
             * Format: int64
             * @description Version of the store that the change made: its place in the change log.
             */
            revision?: number;
            /** @description What was applied, exactly; of a Prune what was deleted. Values of Secrets are left out. Lists leave it out too, unless they are asked with manifests=true. */
            manifest?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /** @description What happened, in words. */
            message?: string;
        };
        /** @description An object that an entry is about. */
        "dev.gantry.gitops.v1alpha1.LedgerObject": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
        };
        /** @description Someone who is told what becomes of an Application. */
        "dev.gantry.gitops.v1alpha1.Notification": {
            /** @description http(s) address that gets a POST of JSON. Link-local addresses are refused, redirects are not followed. */
            url: string;
            /** @description Signs the body: X-Gantry-Signature-256 is "sha256=" and the HMAC-SHA256 of the body in hexadecimal. */
            secretRef?: components["schemas"]["dev.gantry.gitops.v1alpha1.NotificationSecret"];
            /** @description What is told. Default: everything. */
            events?: ("Synced" | "SyncFailed" | "Healthy" | "Degraded" | "PruneHeld" | "RolledBack")[];
        };
        /** @description The Secret with the address or the credentials. */
        "dev.gantry.gitops.v1alpha1.NotificationSecret": {
            /** @description Name of a Secret in the same namespace. */
            name: string;
            /**
             * @description Its key that holds the shared secret.
             * @default token
             */
            key?: string;
        };
        /** @description A change that was not made by a sync. */
        "dev.gantry.gitops.v1alpha1.ObjectTouch": {
            /** @description Field manager of the change. */
            manager?: string;
            /** @description Who did it, when the server knows. */
            user?: string;
            /** @description When. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Paths of the fields that differ, the first ten. */
            fields?: string[];
        };
        /** @description Deletions above the budget; they wait until someone approves them. */
        "dev.gantry.gitops.v1alpha1.PendingPrune": {
            /** @description Commit that would delete them. */
            commit: string;
            /**
             * Format: int32
             * @description How many objects it would delete.
             */
            count: number;
            /**
             * Format: int32
             * @description How many the Application holds.
             */
            of: number;
            /** @description The first fifty, as group/Kind/namespace/name. */
            objects?: string[];
            /** @description Value of the annotation gitops.gantry.dev/approve-prune that lets it go on. */
            approval?: string;
            /** @description It was approved, and the sync failed as often as it may. */
            tried?: boolean;
        };
        /** @description What a commit would change, by a dry run of its whole set. Stored as long as it is of use. */
        "dev.gantry.gitops.v1alpha1.Plan": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            /** @description Name, namespace, labels, annotations and whatever else every object has. */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description What to plan. */
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanSpec"];
            /** @description What a sync would do. */
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanStatus"];
        };
        /** @description What a sync would do with one object. */
        "dev.gantry.gitops.v1alpha1.PlanChange": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /**
             * @description What a sync would do.
             * @enum {string}
             */
            operation?: "create" | "update" | "prune";
            /** @description file:line in the repository. */
            source?: string;
            /** @description The fields that would change, at most 500. */
            fields?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanField"][];
            /**
             * Format: int32
             * @description Fields that are not listed, since the object would be too large.
             */
            fieldsOmitted?: number;
            /** @description What to know of it, such as that nothing reconciles this kind here. */
            note?: string;
        };
        /** @description A field that would change. */
        "dev.gantry.gitops.v1alpha1.PlanField": {
            /** @description Path of the field, such as spec.ports[0].port. */
            path: string;
            /** @description Its live value; absent when there is none. Of Secrets never the value. */
            before?: unknown;
            /** @description What it would be; absent when it would go. */
            after?: unknown;
            /** @description Where the new value comes from: Git, Default (set by the server), Admission, or Manager:NAME (another field manager). */
            origin?: string;
            /** @description file:line in the repository, when it comes from Git. */
            source?: string;
            /** @description The field manager that had set the live value, when it is another one. */
            replaces?: string;
        };
        /** @description Something that the server would refuse. */
        "dev.gantry.gitops.v1alpha1.PlanProblem": {
            /** @description File in the repository. */
            file?: string;
            /**
             * Format: int32
             * @description Line in it, from 1.
             */
            line?: number;
            /** @description Kind/name. */
            object?: string;
            /** @description Path of the culprit. */
            field?: string;
            /** @description What is wrong. */
            reason: string;
        };
        /** @description The Application and the revision to plan. */
        "dev.gantry.gitops.v1alpha1.PlanSpec": {
            /** @description Name of an Application in the same namespace. */
            application: string;
            /** @description Branch, tag or commit to plan. Default: what the Application follows. */
            revision?: string;
            /** @description Who asked; set by the server. Live values of objects that they may not read are not shown. Only who may impersonate a user may name them. */
            user?: string;
            /** @description Groups of that user, as they were then. */
            groups?: string[];
        };
        /** @description What a sync would create, change and delete. */
        "dev.gantry.gitops.v1alpha1.PlanStatus": {
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * @description Ready: a sync would work. Refused: the server would refuse it. Failed: there is no plan.
             * @enum {string}
             */
            phase?: "Pending" | "Ready" | "Refused" | "Failed";
            /** @description Why, in words. */
            message?: string;
            /** @description The commit that was planned. */
            commit?: string;
            /** @description The commit that was applied then. */
            baseCommit?: string;
            /** @description Whose rights it was planned with. */
            user?: string;
            /** @description When it was made. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int64
             * @description Version of the store that it compares with.
             */
            revision?: number;
            /**
             * Format: int32
             * @description Objects that would be created.
             */
            created?: number;
            /**
             * Format: int32
             * @description Objects that would be changed.
             */
            changed?: number;
            /**
             * Format: int32
             * @description Objects that would be deleted.
             */
            pruned?: number;
            /**
             * Format: int32
             * @description Objects that are as they should be.
             */
            unchanged?: number;
            /** @description What would change, at most 2,000 objects. */
            changes?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanChange"][];
            /**
             * Format: int32
             * @description Changes that are not listed, since the object would be too large.
             */
            omitted?: number;
            /**
             * Format: int32
             * @description Changed objects whose live values are not shown, since who asked, or for one outside of this namespace the Application, may not read them.
             */
            detailsOmitted?: number;
            /** @description What the server would refuse. */
            problems?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanProblem"][];
        };
        /** @description A branch to which not everybody may push. */
        "dev.gantry.gitops.v1alpha1.ProtectedBranch": {
            /** @description Name of a branch; * stands for any characters but a slash. */
            pattern: string;
            /** @description Who may push to it. Nobody when neither users nor groups are named. */
            users?: string[];
            /** @description Groups whose members may push to it. */
            groups?: string[];
            /** @description They may also rewrite or delete it. */
            allowForce?: boolean;
        };
        /** @description How many objects a sync may delete without an approval. */
        "dev.gantry.gitops.v1alpha1.PruneBudget": {
            /**
             * Format: int32
             * @description A commit that would delete more objects than this waits for an approval.
             * @default 20
             */
            count?: number;
            /**
             * Format: int32
             * @description So does one that would delete more than this share of the objects, when these are more than five.
             * @default 50
             */
            percent?: number;
        };
        /** @description A commit that is passed over, since it was rolled back. */
        "dev.gantry.gitops.v1alpha1.Quarantine": {
            /** @description Commit that is not applied again until another one comes. */
            commit: string;
            /** @description Commit that is applied instead. */
            rolledBackTo?: string;
            /** @description Who rolled back. */
            user?: string;
            /** @description Why, in words. */
            reason?: string;
            /** @description Since when. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description A Git repository that Applications are made from: hosted by Gantry, or followed elsewhere. */
        "dev.gantry.gitops.v1alpha1.Repository": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            /** @description Name, namespace, labels, annotations and whatever else every object has. */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Wanted state: where the repository is, and who may push. */
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.RepositorySpec"];
            /** @description Seen state: branches, tags and whether the source can be read. */
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.RepositoryStatus"];
        };
        /** @description What a repository should be like. */
        "dev.gantry.gitops.v1alpha1.RepositorySpec": {
            /** @description https://, http://, ssh:// or user@host:path of a Git repository. Empty for one that Gantry itself hosts. */
            url?: string;
            /** @description Gantry hosts this repository at /git/NAME.git. */
            hosted?: boolean;
            /**
             * @description How often the source is polled, as a duration such as 30s or 5m.
             * @default 1m
             */
            interval?: string;
            /** @description Credentials: keys username and password, or token; for SSH identity (a private key) and known_hosts; ca.crt for an authority of its own. */
            secretRef?: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
            /** @description Of a repository elsewhere: submodules are fetched and are folders of it; the credentials are used on its own host only. */
            submodules?: boolean;
            /** @description Of a hosted repository: branches to which not everybody may push. */
            protectedBranches?: components["schemas"]["dev.gantry.gitops.v1alpha1.ProtectedBranch"][];
            /** @description When set, only commits with a valid signature of a trusted key are applied. */
            verify?: components["schemas"]["dev.gantry.gitops.v1alpha1.CommitVerification"];
            /** @description Lets the source tell of new commits, at the address in status.webhookPath. */
            webhook?: components["schemas"]["dev.gantry.gitops.v1alpha1.RepositoryWebhook"];
        };
        /** @description What was last seen of a repository. */
        "dev.gantry.gitops.v1alpha1.RepositoryStatus": {
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /** @description Commit of each branch, as last seen. */
            branches?: {
                [key: string]: string;
            };
            /** @description Commit of each tag, as last seen. */
            tags?: {
                [key: string]: string;
            };
            /** @description When something new was last seen in the source, or the reason why it can not be read. */
            lastFetchTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Where webhooks are taken, below the address of the console. */
            webhookPath?: string;
            /** @description What is going on, one a type. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
        };
        /** @description Lets a source tell of new commits. */
        "dev.gantry.gitops.v1alpha1.RepositoryWebhook": {
            /** @description Key secret: what GitHub, GitLab or Gitea prove themselves with. */
            secretRef: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
        };
        /** @description How a failed sync is tried again. */
        "dev.gantry.gitops.v1alpha1.RetryPolicy": {
            /**
             * Format: int32
             * @description How often a sync that failed is tried again. Default: without end.
             */
            limit?: number;
            /**
             * @description Wait before the first retry; each further one waits twice as long.
             * @default 5s
             */
            first?: string;
            /**
             * @description The longest wait.
             * @default 5m
             */
            max?: string;
        };
        /** @description A Secret in the same namespace. */
        "dev.gantry.gitops.v1alpha1.SecretNameReference": {
            /** @description Name of a Secret in the same namespace. */
            name: string;
        };
        /** @description A sync that is under way. */
        "dev.gantry.gitops.v1alpha1.SyncOperation": {
            /** @description What is being applied. */
            commit: string;
            /**
             * @description Which hooks run, or whether the objects are applied.
             * @enum {string}
             */
            phase?: "PreSync" | "Sync" | "PostSync" | "SyncFail";
            /**
             * Format: int32
             * @description Wave that is being applied or waited for.
             */
            wave?: number;
            /**
             * Format: int32
             * @description How many there are.
             */
            waves?: number;
            /** @description What it waits for, in words. */
            message?: string;
            /** @description When the sync began. */
            startTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the phase or wave began. */
            phaseTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int32
             * @description How often this commit was tried before.
             */
            retries?: number;
            /**
             * Format: int32
             * @description Objects created so far.
             */
            created?: number;
            /**
             * Format: int32
             * @description Objects changed so far.
             */
            changed?: number;
            /**
             * Format: int32
             * @description Objects deleted so far.
             */
            pruned?: number;
            /**
             * Format: int32
             * @description Which of all steps it is at, from 0: each wave of each phase is one.
             */
            step?: number;
            /** @description The step is applied and is waited for. */
            applied?: boolean;
            /**
             * Format: int32
             * @description Transactions stored so far.
             */
            transactions?: number;
            /**
             * Format: int64
             * @description Generation of the Application that it is made from.
             */
            generation?: number;
            /** @description The request that it answers, as the annotation says. */
            request?: string;
            /** @description What the request names, when it does not ask for everything. */
            only?: string[];
            /** @description Who pushed what is applied, or asked for it, when the sync began. */
            user?: string;
            /**
             * Format: int32
             * @description Hooks of the step that were made, while they run.
             */
            hooks?: number;
            /**
             * Format: int64
             * @description Version of the store in which they were made: how one ended that is gone by now is read from what came after.
             */
            hooksRevision?: number;
            /** @description Why it failed, while its SyncFail hooks run or until it is tried again. */
            failure?: string;
            /** @description When it is tried again. */
            retryTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description Fields to set, merged as server-side apply does. */
        "io.k8s.api.admissionregistration.v1.ApplyConfiguration": {
            /** @description CEL expression whose value is an apply configuration: the fields to set. */
            expression?: string;
        };
        /** @description An annotation of the audit event. */
        "io.k8s.api.admissionregistration.v1.AuditAnnotation": {
            /**
             * @description Key of the annotation; the name of the policy goes before it.
             * @default
             */
            key: string;
            /**
             * @description CEL expression for the value: text, or null for no annotation.
             * @default
             */
            valueExpression: string;
        };
        /** @description A problem with the types of an expression. */
        "io.k8s.api.admissionregistration.v1.ExpressionWarning": {
            /**
             * @description Path of the expression in the policy.
             * @default
             */
            fieldRef: string;
            /**
             * @description What is wrong with it.
             * @default
             */
            warning: string;
        };
        /** @description Operations on the object, as in RFC 6902. */
        "io.k8s.api.admissionregistration.v1.JSONPatch": {
            /** @description CEL expression whose value is a list of JSONPatch operations. */
            expression?: string;
        };
        /** @description A condition on a request, in CEL. */
        "io.k8s.api.admissionregistration.v1.MatchCondition": {
            /**
             * @description CEL expression; the request matches when it is true.
             * @default
             */
            expression: string;
            /**
             * @description Name of the condition, unique in the list.
             * @default
             */
            name: string;
        };
        /** @description A choice of requests by resource, namespace and label. */
        "io.k8s.api.admissionregistration.v1.MatchResources": {
            /** @description Requests that do not match, whatever resourceRules says. */
            excludeResourceRules?: components["schemas"]["io.k8s.api.admissionregistration.v1.NamedRuleWithOperations"][];
            /** @description Exact: only the groups and versions stated; Equivalent: the same objects in others too. Default: Equivalent. */
            matchPolicy?: string;
            /** @description Labels of the namespace of the object. Empty: all. Cluster-wide objects always match, but for namespaces. */
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Labels of the object, old or new. Empty: all. */
            objectSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Requests that match: one of these is enough. */
            resourceRules?: components["schemas"]["io.k8s.api.admissionregistration.v1.NamedRuleWithOperations"][];
        };
        /** @description Expressions that change objects before they are stored. */
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which requests, and how they are changed.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec"];
        };
        /** @description Puts a mutating policy into force, with its parameters. */
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which policy, with which parameters, for which requests.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec"];
        };
        /** @description Puts a policy into force. */
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec": {
            /** @description Requests to which the policy is bound, of those that it matches. Unset: all. */
            matchResources?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            /** @description Objects that the expressions read as params. Needed when the policy has paramKind. */
            paramRef?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamRef"];
            /** @description Name of the MutatingAdmissionPolicy. Without it, nothing happens. */
            policyName?: string;
        };
        /** @description Which requests are changed, and how. */
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec": {
            /** @description When an expression fails: Fail refuses the request, Ignore goes on. Default: Fail. */
            failurePolicy?: string;
            /** @description Further conditions, all of which must hold. At most 64. */
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            /** @description Requests that the policy is about. */
            matchConstraints?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            /** @description Changes, made one after the other. */
            mutations?: components["schemas"]["io.k8s.api.admissionregistration.v1.Mutation"][];
            /** @description Kind of the objects that the expressions read as params. Unset: none. */
            paramKind?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamKind"];
            /** @description IfNeeded: may run again when a later step changed the object; Never: once. */
            reinvocationPolicy?: string;
            /** @description Named expressions that the others can use as variables.NAME, in order. */
            variables?: components["schemas"]["io.k8s.api.admissionregistration.v1.Variable"][];
        };
        /** @description A webhook that may change requests. */
        "io.k8s.api.admissionregistration.v1.MutatingWebhook": {
            /** @description Versions of AdmissionReview that the webhook knows, the best first. */
            admissionReviewVersions: string[];
            /**
             * @description Where the webhook is.
             * @default {}
             */
            clientConfig: components["schemas"]["io.k8s.api.admissionregistration.v1.WebhookClientConfig"];
            /** @description When the webhook does not answer properly: Fail refuses the request, Ignore goes on. Default: Fail. */
            failurePolicy?: string;
            /** @description Further conditions, all of which must hold. At most 64. */
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            /** @description Exact: only the groups and versions stated; Equivalent: the same objects in others too. Default: Equivalent. */
            matchPolicy?: string;
            /**
             * @description Name of the webhook, with at least two dots, such as a.example.com.
             * @default
             */
            name: string;
            /** @description Labels of the namespace of the object. Empty: all. Cluster-wide objects always match, but for namespaces. */
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Labels of the object, old or new. Empty: all. */
            objectSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description IfNeeded: may be called again when a later step changed the object; Never: once. Default: Never. */
            reinvocationPolicy?: string;
            /** @description Requests that the webhook is asked about: one of these is enough. */
            rules?: components["schemas"]["io.k8s.api.admissionregistration.v1.RuleWithOperations"][];
            /** @description None, or NoneOnDryRun: whether the webhook changes anything besides the object. */
            sideEffects: string;
            /**
             * Format: int32
             * @description Seconds to wait for an answer, 1 to 30. Default: 10.
             */
            timeoutSeconds?: number;
        };
        /** @description Webhooks that change objects before they are stored. */
        "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description The webhooks. */
            webhooks?: components["schemas"]["io.k8s.api.admissionregistration.v1.MutatingWebhook"][];
        };
        /** @description One change of a request; the field of its type is set. */
        "io.k8s.api.admissionregistration.v1.Mutation": {
            /** @description A change made by server-side apply. */
            applyConfiguration?: components["schemas"]["io.k8s.api.admissionregistration.v1.ApplyConfiguration"];
            /** @description A change made by a JSON patch. */
            jsonPatch?: components["schemas"]["io.k8s.api.admissionregistration.v1.JSONPatch"];
            /**
             * @description ApplyConfiguration or JSONPatch.
             * @default
             */
            patchType: string;
        };
        /** @description A choice of requests by operation, resource and name. */
        "io.k8s.api.admissionregistration.v1.NamedRuleWithOperations": {
            /** @description Groups of the resources; * for all. */
            apiGroups?: string[];
            /** @description Versions of the resources; * for all. */
            apiVersions?: string[];
            /** @description CREATE, UPDATE, DELETE, CONNECT, or * for all. */
            operations?: string[];
            /** @description Names of the objects. Empty: all. */
            resourceNames?: string[];
            /** @description Resources, with the subresource after a slash; * for all but subresources, *\/* for all. */
            resources?: string[];
            /** @description Cluster, Namespaced, or * for both. Default: *. */
            scope?: string;
        };
        /** @description Kind of the parameters of a policy. */
        "io.k8s.api.admissionregistration.v1.ParamKind": {
            /** @description Group and version of the kind. */
            apiVersion?: string;
            /** @description Name of the kind. */
            kind?: string;
        };
        /** @description Parameters of a policy; exactly one of name and selector is set. */
        "io.k8s.api.admissionregistration.v1.ParamRef": {
            /** @description Name of the object. */
            name?: string;
            /** @description Namespace of the object. Unset, for namespaced kinds: that of the request. */
            namespace?: string;
            /** @description Allow or Deny: what happens when there is no such object. */
            parameterNotFoundAction?: string;
            /** @description Labels of the objects; the policy runs with each. Empty: all. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
        };
        /** @description A choice of requests by operation and resource. */
        "io.k8s.api.admissionregistration.v1.RuleWithOperations": {
            /** @description Groups of the resources; * for all. */
            apiGroups?: string[];
            /** @description Versions of the resources; * for all. */
            apiVersions?: string[];
            /** @description CREATE, UPDATE, DELETE, CONNECT, or * for all. */
            operations?: string[];
            /** @description Resources, with the subresource after a slash; * for all but subresources, *\/* for all. */
            resources?: string[];
            /** @description Cluster, Namespaced, or * for both. Default: *. */
            scope?: string;
        };
        /** @description A Service that a webhook is behind. */
        "io.k8s.api.admissionregistration.v1.ServiceReference": {
            /**
             * @description Name of the Service.
             * @default
             */
            name: string;
            /**
             * @description Namespace of the Service.
             * @default
             */
            namespace: string;
            /** @description Path of the request. */
            path?: string;
            /**
             * Format: int32
             * @description Port of the Service. Default: 443.
             */
            port?: number;
        };
        /** @description What a check of the types of expressions found. */
        "io.k8s.api.admissionregistration.v1.TypeChecking": {
            /** @description The problems found. */
            expressionWarnings?: components["schemas"]["io.k8s.api.admissionregistration.v1.ExpressionWarning"][];
        };
        /** @description Expressions that accept or refuse objects. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which requests, and what must be true of them.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec"];
            /**
             * @description What a check of the expressions found.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus"];
        };
        /** @description Puts a validating policy into force, with its parameters. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which policy, with which parameters, for which requests.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec"];
        };
        /** @description Puts a policy into force. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec": {
            /** @description Requests to which the policy is bound, of those that it matches. Unset: all. */
            matchResources?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            /** @description Objects that the expressions read as params. Needed when the policy has paramKind. */
            paramRef?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamRef"];
            /** @description Name of the ValidatingAdmissionPolicy. Without it, nothing happens. */
            policyName: string;
            /** @description What to do when a validation fails: Deny, Warn and Audit. Deny and Warn exclude each other. */
            validationActions: string[];
        };
        /** @description Which requests are checked, and how. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec": {
            /** @description Annotations that the audit event gets. Needed when there are no validations. */
            auditAnnotations?: components["schemas"]["io.k8s.api.admissionregistration.v1.AuditAnnotation"][];
            /** @description When an expression fails: Fail refuses the request, Ignore goes on. Default: Fail. */
            failurePolicy?: string;
            /** @description Further conditions, all of which must hold. At most 64. */
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            /** @description Requests that the policy is about. */
            matchConstraints?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            /** @description Kind of the objects that the expressions read as params. Unset: none. */
            paramKind?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamKind"];
            /** @description What must be true. Needed when there are no auditAnnotations. */
            validations?: components["schemas"]["io.k8s.api.admissionregistration.v1.Validation"][];
            /** @description Named expressions that the others can use as variables.NAME, in order. */
            variables?: components["schemas"]["io.k8s.api.admissionregistration.v1.Variable"][];
        };
        /** @description What a check of a policy found. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus": {
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /** @description Problems with the types of expressions. */
            typeChecking?: components["schemas"]["io.k8s.api.admissionregistration.v1.TypeChecking"];
        };
        /** @description A webhook that may refuse requests. */
        "io.k8s.api.admissionregistration.v1.ValidatingWebhook": {
            /** @description Versions of AdmissionReview that the webhook knows, the best first. */
            admissionReviewVersions: string[];
            /**
             * @description Where the webhook is.
             * @default {}
             */
            clientConfig: components["schemas"]["io.k8s.api.admissionregistration.v1.WebhookClientConfig"];
            /** @description When the webhook does not answer properly: Fail refuses the request, Ignore goes on. Default: Fail. */
            failurePolicy?: string;
            /** @description Further conditions, all of which must hold. At most 64. */
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            /** @description Exact: only the groups and versions stated; Equivalent: the same objects in others too. Default: Equivalent. */
            matchPolicy?: string;
            /**
             * @description Name of the webhook, with at least two dots, such as a.example.com.
             * @default
             */
            name: string;
            /** @description Labels of the namespace of the object. Empty: all. Cluster-wide objects always match, but for namespaces. */
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Labels of the object, old or new. Empty: all. */
            objectSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Requests that the webhook is asked about: one of these is enough. */
            rules?: components["schemas"]["io.k8s.api.admissionregistration.v1.RuleWithOperations"][];
            /** @description None, or NoneOnDryRun: whether the webhook changes anything besides the object. */
            sideEffects: string;
            /**
             * Format: int32
             * @description Seconds to wait for an answer, 1 to 30. Default: 10.
             */
            timeoutSeconds?: number;
        };
        /** @description Webhooks that accept or refuse objects. */
        "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description The webhooks. */
            webhooks?: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingWebhook"][];
        };
        /** @description Something that must be true of a request. */
        "io.k8s.api.admissionregistration.v1.Validation": {
            /**
             * @description CEL expression; false fails the validation.
             * @default
             */
            expression: string;
            /** @description What is told when it fails. Default: that the expression failed. */
            message?: string;
            /** @description CEL expression for the message; wins over message. */
            messageExpression?: string;
            /** @description Unauthorized, Forbidden, Invalid or RequestEntityTooLarge: the reason of the refusal. Default: Invalid. */
            reason?: string;
        };
        /** @description A named expression. */
        "io.k8s.api.admissionregistration.v1.Variable": {
            /**
             * @description CEL expression for the value, worked out when first used.
             * @default
             */
            expression: string;
            /**
             * @description Name of the variable; a CEL identifier.
             * @default
             */
            name: string;
        };
        /** @description Where a webhook is; exactly one of service and url is set. */
        "io.k8s.api.admissionregistration.v1.WebhookClientConfig": {
            /**
             * Format: byte
             * @description PEM certificates of the authorities that signed that of the webhook. Unset: those of the system.
             */
            caBundle?: string;
            /** @description A Service in the cluster. */
            service?: components["schemas"]["io.k8s.api.admissionregistration.v1.ServiceReference"];
            /** @description HTTPS URL, without user, query and fragment. */
            url?: string;
        };
        /** @description One state of a StatefulSet or DaemonSet in its history. */
        "io.k8s.api.apps.v1.ControllerRevision": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description The saved state. Can not change. */
            data?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * Format: int64
             * @description Number of the revision; higher is newer.
             * @default 0
             */
            revision: number;
        };
        /** @description Runs one pod on each node that fits. */
        "io.k8s.api.apps.v1.DaemonSet": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: selector, pod template and how to update.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetSpec"];
            /**
             * @description Seen state: on how many nodes the pods run.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetStatus"];
        };
        /** @description One aspect of the state of a DaemonSet. */
        "io.k8s.api.apps.v1.DaemonSetCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect.
             * @default
             */
            type: string;
        };
        /** @description What a DaemonSet should bring about. */
        "io.k8s.api.apps.v1.DaemonSetSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available. Default: 0.
             */
            minReadySeconds?: number;
            /**
             * Format: int32
             * @description Old revisions kept for rolling back. Default: 10.
             */
            revisionHistoryLimit?: number;
            /** @description Labels of the pods; those of the template must match. Can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description What the pods look like. restartPolicy must be Always.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
            /**
             * @description How old pods are replaced after a change of the template.
             * @default {}
             */
            updateStrategy?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetUpdateStrategy"];
        };
        /** @description What was last seen of a DaemonSet. */
        "io.k8s.api.apps.v1.DaemonSetStatus": {
            /**
             * Format: int32
             * @description How often the name of a ControllerRevision was taken; part of the next name.
             */
            collisionCount?: number;
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetCondition"][];
            /**
             * Format: int32
             * @description Nodes that should run the pod and do.
             * @default 0
             */
            currentNumberScheduled: number;
            /**
             * Format: int32
             * @description Nodes that should run the pod.
             * @default 0
             */
            desiredNumberScheduled: number;
            /**
             * Format: int32
             * @description Nodes that should run the pod and where it is available.
             */
            numberAvailable?: number;
            /**
             * Format: int32
             * @description Nodes that run the pod but should not.
             * @default 0
             */
            numberMisscheduled: number;
            /**
             * Format: int32
             * @description Nodes that should run the pod and where it is ready.
             * @default 0
             */
            numberReady: number;
            /**
             * Format: int32
             * @description Nodes that should run the pod and where it is not available.
             */
            numberUnavailable?: number;
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * Format: int32
             * @description Nodes that run the pod of the current template.
             */
            updatedNumberScheduled?: number;
        };
        /** @description OnDelete, or RollingUpdate with its settings. */
        "io.k8s.api.apps.v1.DaemonSetUpdateStrategy": {
            /** @description Settings of a rolling update. Only with type RollingUpdate. */
            rollingUpdate?: components["schemas"]["io.k8s.api.apps.v1.RollingUpdateDaemonSet"];
            /** @description RollingUpdate replaces pods node by node, OnDelete only those that someone deletes. Default: RollingUpdate. */
            type?: string;
        };
        /** @description Keeps a number of pods running and rolls out changes of their template. */
        "io.k8s.api.apps.v1.Deployment": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: replicas, selector, pod template and how to roll out.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.apps.v1.DeploymentSpec"];
            /**
             * @description Seen state: how many pods are there, ready and up to date.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.apps.v1.DeploymentStatus"];
        };
        /** @description One aspect of the state of a Deployment. */
        "io.k8s.api.apps.v1.DeploymentCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the condition was last written. */
            lastUpdateTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Available, Progressing or ReplicaFailure.
             * @default
             */
            type: string;
        };
        /** @description What a Deployment should bring about. */
        "io.k8s.api.apps.v1.DeploymentSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available. Default: 0.
             */
            minReadySeconds?: number;
            /** @description true: changes of the template are not rolled out. Default: false. */
            paused?: boolean;
            /**
             * Format: int32
             * @description Seconds without progress after which a rollout counts as failed; it goes on all the same. Default: 600.
             */
            progressDeadlineSeconds?: number;
            /**
             * Format: int32
             * @description Wanted number of pods. Default: 1.
             */
            replicas?: number;
            /**
             * Format: int32
             * @description Old ReplicaSets kept for rolling back. Default: 10.
             */
            revisionHistoryLimit?: number;
            /** @description Labels of the pods; those of the template must match. Can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description How old pods are replaced after a change of the template.
             * @default {}
             */
            strategy?: components["schemas"]["io.k8s.api.apps.v1.DeploymentStrategy"];
            /**
             * @description What the pods look like. restartPolicy must be Always.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        /** @description What was last seen of a Deployment. */
        "io.k8s.api.apps.v1.DeploymentStatus": {
            /**
             * Format: int32
             * @description Pods that have been ready for minReadySeconds.
             */
            availableReplicas?: number;
            /**
             * Format: int32
             * @description How often the name of a new ReplicaSet was taken; part of the next name.
             */
            collisionCount?: number;
            /** @description Where the rollout stands: Available, Progressing, ReplicaFailure. */
            conditions?: components["schemas"]["io.k8s.api.apps.v1.DeploymentCondition"][];
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * Format: int32
             * @description Pods that are ready.
             */
            readyReplicas?: number;
            /**
             * Format: int32
             * @description Pods that exist.
             */
            replicas?: number;
            /**
             * Format: int32
             * @description Pods that are being deleted.
             */
            terminatingReplicas?: number;
            /**
             * Format: int32
             * @description Pods that are wanted but missing or not available.
             */
            unavailableReplicas?: number;
            /**
             * Format: int32
             * @description Pods of the current template.
             */
            updatedReplicas?: number;
        };
        /** @description Recreate, or RollingUpdate with its settings. */
        "io.k8s.api.apps.v1.DeploymentStrategy": {
            /** @description Settings of a rolling update. Only with type RollingUpdate. */
            rollingUpdate?: components["schemas"]["io.k8s.api.apps.v1.RollingUpdateDeployment"];
            /** @description RollingUpdate replaces pods bit by bit, Recreate stops all before it starts new ones. Default: RollingUpdate. */
            type?: string;
        };
        /** @description Keeps a number of equal pods running. */
        "io.k8s.api.apps.v1.ReplicaSet": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: replicas, selector and pod template.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.apps.v1.ReplicaSetSpec"];
            /**
             * @description Seen state: how many pods are there and ready.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.apps.v1.ReplicaSetStatus"];
        };
        /** @description One aspect of the state of a ReplicaSet. */
        "io.k8s.api.apps.v1.ReplicaSetCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect, such as ReplicaFailure.
             * @default
             */
            type: string;
        };
        /** @description What a ReplicaSet should bring about. */
        "io.k8s.api.apps.v1.ReplicaSetSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available. Default: 0.
             */
            minReadySeconds?: number;
            /**
             * Format: int32
             * @description Wanted number of pods. Default: 1.
             */
            replicas?: number;
            /** @description Labels of the pods; those of the template must match. Can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description What the pods look like.
             * @default {}
             */
            template?: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        /** @description What was last seen of a ReplicaSet. */
        "io.k8s.api.apps.v1.ReplicaSetStatus": {
            /**
             * Format: int32
             * @description Pods that have been ready for minReadySeconds.
             */
            availableReplicas?: number;
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.apps.v1.ReplicaSetCondition"][];
            /**
             * Format: int32
             * @description Pods that have all labels of the template.
             */
            fullyLabeledReplicas?: number;
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * Format: int32
             * @description Pods that are ready.
             */
            readyReplicas?: number;
            /**
             * Format: int32
             * @description Pods that exist.
             * @default 0
             */
            replicas: number;
            /**
             * Format: int32
             * @description Pods that are being deleted.
             */
            terminatingReplicas?: number;
        };
        /** @description Settings of a rolling update; one of the two must be above 0. */
        "io.k8s.api.apps.v1.RollingUpdateDaemonSet": {
            /** @description Nodes, as number or percentage, where old and new pod may run together. Default: 0. */
            maxSurge?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description Nodes, as number or percentage, where the pod may be missing during an update. Default: 1. */
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        /** @description Settings of a rolling update; one of the two must be above 0. */
        "io.k8s.api.apps.v1.RollingUpdateDeployment": {
            /** @description Pods above replicas during an update, as number or percentage (rounded up). Default: 25%. */
            maxSurge?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description Pods that may be missing during an update, as number or percentage (rounded down). Default: 25%. */
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        /** @description Settings of a rolling update. */
        "io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy": {
            /** @description Pods, as number or percentage, that may be missing during an update. Default: 1. */
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /**
             * Format: int32
             * @description Only pods with this ordinal or a higher one are updated. Default: 0.
             */
            partition?: number;
        };
        /** @description Runs pods with stable names and storage of their own. */
        "io.k8s.api.apps.v1.StatefulSet": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: replicas, selector, pod template, claims and how to update.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetSpec"];
            /**
             * @description Seen state: how many pods are there, ready and up to date.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetStatus"];
        };
        /** @description One aspect of the state of a StatefulSet. */
        "io.k8s.api.apps.v1.StatefulSetCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect.
             * @default
             */
            type: string;
        };
        /** @description How the pods are numbered. */
        "io.k8s.api.apps.v1.StatefulSetOrdinals": {
            /**
             * Format: int32
             * @description Number of the first pod. Default: 0.
             * @default 0
             */
            start?: number;
        };
        /** @description What becomes of the claims of pods that are no longer wanted. */
        "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": {
            /** @description When the StatefulSet is deleted: Retain keeps the claims, Delete removes them. Default: Retain. */
            whenDeleted?: string;
            /** @description When it is scaled down: Retain keeps the claims, Delete removes them. Default: Retain. */
            whenScaled?: string;
        };
        /** @description What a StatefulSet should bring about. */
        "io.k8s.api.apps.v1.StatefulSetSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available. Default: 0.
             */
            minReadySeconds?: number;
            /** @description How the pods are numbered. Unset: from 0. */
            ordinals?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetOrdinals"];
            /** @description What becomes of the claims of pods that are no longer wanted. Default: they are kept. */
            persistentVolumeClaimRetentionPolicy?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy"];
            /** @description OrderedReady starts and stops pods one by one, Parallel all at once. Default: OrderedReady. */
            podManagementPolicy?: string;
            /**
             * Format: int32
             * @description Wanted number of pods. Default: 1.
             */
            replicas?: number;
            /**
             * Format: int32
             * @description Old revisions kept for rolling back. Default: 10.
             */
            revisionHistoryLimit?: number;
            /** @description Labels of the pods; those of the template must match. Can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description Headless Service that gives the pods their names in DNS. Can not change.
             * @default
             */
            serviceName?: string;
            /**
             * @description What the pods look like; each is named NAME-ORDINAL.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
            /**
             * @description How old pods are replaced after a change of the template.
             * @default {}
             */
            updateStrategy?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetUpdateStrategy"];
            /** @description Claims that each pod gets, under its own name; they win over volumes of the same name. */
            volumeClaimTemplates?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaim"][];
        };
        /** @description What was last seen of a StatefulSet. */
        "io.k8s.api.apps.v1.StatefulSetStatus": {
            /**
             * Format: int32
             * @description Pods that have been ready for minReadySeconds.
             * @default 0
             */
            availableReplicas?: number;
            /**
             * Format: int32
             * @description How often the name of a ControllerRevision was taken; part of the next name.
             */
            collisionCount?: number;
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetCondition"][];
            /**
             * Format: int32
             * @description Pods of the revision in currentRevision.
             */
            currentReplicas?: number;
            /** @description Revision of the pods that are not updated yet. */
            currentRevision?: string;
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * Format: int32
             * @description Pods that are ready.
             */
            readyReplicas?: number;
            /**
             * Format: int32
             * @description Pods that exist.
             * @default 0
             */
            replicas: number;
            /** @description Revision that the pods are updated to. */
            updateRevision?: string;
            /**
             * Format: int32
             * @description Pods of the revision in updateRevision.
             */
            updatedReplicas?: number;
        };
        /** @description OnDelete, or RollingUpdate with its settings. */
        "io.k8s.api.apps.v1.StatefulSetUpdateStrategy": {
            /** @description Settings of a rolling update. Only with type RollingUpdate. */
            rollingUpdate?: components["schemas"]["io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy"];
            /** @description RollingUpdate replaces pods from the highest ordinal down, OnDelete only those that someone deletes. Default: RollingUpdate. */
            type?: string;
        };
        /** @description The object on which the life of a token hangs: once it is gone, the token is void. */
        "io.k8s.api.authentication.v1.BoundObjectReference": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Pod, Secret or Node. */
            kind?: string;
            /** @description Name of the object. */
            name?: string;
            /** @description Unique id of the object. */
            uid?: string;
        };
        /** @description Asks who the caller is. */
        "io.k8s.api.authentication.v1.SelfSubjectReview": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Who the client is.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authentication.v1.SelfSubjectReviewStatus"];
        };
        /** @description The user as the server sees it. */
        "io.k8s.api.authentication.v1.SelfSubjectReviewStatus": {
            /**
             * @description Name, groups and further facts.
             * @default {}
             */
            userInfo?: components["schemas"]["io.k8s.api.authentication.v1.UserInfo"];
        };
        /** @description Asks for a token of a service account. */
        "io.k8s.api.authentication.v1.TokenRequest": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What the token should be like.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.authentication.v1.TokenRequestSpec"];
            /**
             * @description The token.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authentication.v1.TokenRequestStatus"];
        };
        /** @description What a token should be like. */
        "io.k8s.api.authentication.v1.TokenRequestSpec": {
            /** @description Who is to accept the token. Empty: the API server. */
            audiences?: string[];
            /** @description Object that the token is bound to. Unset: only to the service account. */
            boundObjectRef?: components["schemas"]["io.k8s.api.authentication.v1.BoundObjectReference"];
            /**
             * Format: int64
             * @description Lifetime in seconds, 600 or more. The server may choose another. Default: 3600.
             */
            expirationSeconds?: number;
        };
        /** @description A token. */
        "io.k8s.api.authentication.v1.TokenRequestStatus": {
            /** @description When the token expires. */
            expirationTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description The token.
             * @default
             */
            token?: string;
        };
        /** @description Asks whose token this is. */
        "io.k8s.api.authentication.v1.TokenReview": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The token and who must be among its audiences.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.authentication.v1.TokenReviewSpec"];
            /**
             * @description Whose token it is.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authentication.v1.TokenReviewStatus"];
        };
        /** @description A token to check. */
        "io.k8s.api.authentication.v1.TokenReviewSpec": {
            /** @description Audiences, one of which the token must be for. Empty: those of the API server. */
            audiences?: string[];
            /** @description The token. */
            token: string;
        };
        /** @description Whether a token is valid, and whose it is. */
        "io.k8s.api.authentication.v1.TokenReviewStatus": {
            /** @description Audiences asked for that the token is for. */
            audiences?: string[];
            /** @description Whether the token is valid. */
            authenticated?: boolean;
            /** @description Why the token could not be checked. */
            error?: string;
            /**
             * @description Whose token it is.
             * @default {}
             */
            user?: components["schemas"]["io.k8s.api.authentication.v1.UserInfo"];
        };
        /** @description Who someone is. */
        "io.k8s.api.authentication.v1.UserInfo": {
            /** @description Further facts from the authenticator. */
            extra?: {
                [key: string]: string[];
            };
            /** @description Groups of the user. */
            groups?: string[];
            /** @description Id of the user: tells users of the same name apart over time. */
            uid?: string;
            /** @description Name of the user. */
            username?: string;
        };
        /** @description The field selector of a request, as text or as conditions. */
        "io.k8s.api.authorization.v1.FieldSelectorAttributes": {
            /** @description The selector as text. Not together with requirements. */
            rawSelector?: string;
            /** @description The conditions, all of which hold. */
            requirements?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement"][];
        };
        /** @description The label selector of a request, as text or as conditions. */
        "io.k8s.api.authorization.v1.LabelSelectorAttributes": {
            /** @description The selector as text. Not together with requirements. */
            rawSelector?: string;
            /** @description The conditions, all of which hold. */
            requirements?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement"][];
        };
        /** @description Asks whether a user may do something in one namespace. */
        "io.k8s.api.authorization.v1.LocalSubjectAccessReview": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The request that is asked about. Its namespace is that of the object.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewSpec"];
            /**
             * @description The answer.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewStatus"];
        };
        /** @description Verb and path of a request that is about no resource. */
        "io.k8s.api.authorization.v1.NonResourceAttributes": {
            /** @description Path of the request. */
            path?: string;
            /** @description HTTP method in lower case. */
            verb?: string;
        };
        /** @description Verbs that are allowed on some paths. */
        "io.k8s.api.authorization.v1.NonResourceRule": {
            /** @description Paths; * alone, or at the end, stands for anything. */
            nonResourceURLs?: string[];
            /** @description HTTP methods in lower case; * for all. */
            verbs: string[];
        };
        /** @description Verb, resource and object of a request. */
        "io.k8s.api.authorization.v1.ResourceAttributes": {
            /** @description Field selector of the request; narrows what is asked for. */
            fieldSelector?: components["schemas"]["io.k8s.api.authorization.v1.FieldSelectorAttributes"];
            /** @description Group of the resource; * for all. */
            group?: string;
            /** @description Label selector of the request; narrows what is asked for. */
            labelSelector?: components["schemas"]["io.k8s.api.authorization.v1.LabelSelectorAttributes"];
            /** @description Name of the object; empty for all. */
            name?: string;
            /** @description Namespace of the object; empty for cluster-wide kinds, or for all namespaces. */
            namespace?: string;
            /** @description Resource, such as pods; * for all. */
            resource?: string;
            /** @description Subresource, such as log; empty for none. */
            subresource?: string;
            /** @description Verb, such as get, list, create or delete; * for all. */
            verb?: string;
            /** @description Version of the resource; * for all. */
            version?: string;
        };
        /** @description Verbs that are allowed on some resources. */
        "io.k8s.api.authorization.v1.ResourceRule": {
            /** @description Groups of the resources; * for all. */
            apiGroups?: string[];
            /** @description Names of the objects. Empty: all. */
            resourceNames?: string[];
            /** @description Resources, with the subresource after a slash; * for all. */
            resources?: string[];
            /** @description Verbs; * for all. */
            verbs: string[];
        };
        /** @description Asks whether the caller may do something. */
        "io.k8s.api.authorization.v1.SelfSubjectAccessReview": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The request that is asked about; one of the two fields is set.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec"];
            /**
             * @description The answer.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewStatus"];
        };
        /** @description A request of the client itself; one of the two fields is set. */
        "io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec": {
            /** @description A request for a path. */
            nonResourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.NonResourceAttributes"];
            /** @description A request for a resource. */
            resourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.ResourceAttributes"];
        };
        /** @description Asks what the caller may do in a namespace. */
        "io.k8s.api.authorization.v1.SelfSubjectRulesReview": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The namespace that is asked about.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec"];
            /**
             * @description What is allowed there.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectRulesReviewStatus"];
        };
        /** @description Where the client asks what it may do. */
        "io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec": {
            /** @description Namespace that is asked about. */
            namespace?: string;
        };
        /** @description Asks whether a user may do something. */
        "io.k8s.api.authorization.v1.SubjectAccessReview": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The request and the user that are asked about.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewSpec"];
            /**
             * @description The answer.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewStatus"];
        };
        /** @description A request of some user; one of the two attributes is set. */
        "io.k8s.api.authorization.v1.SubjectAccessReviewSpec": {
            /** @description Further facts from the authenticator. */
            extra?: {
                [key: string]: string[];
            };
            /** @description Groups of the user. */
            groups?: string[];
            /** @description A request for a path. */
            nonResourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.NonResourceAttributes"];
            /** @description A request for a resource. */
            resourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.ResourceAttributes"];
            /** @description Id of the user. */
            uid?: string;
            /** @description Name of the user. Needed unless there are groups. */
            user?: string;
        };
        /** @description Whether a request is allowed. */
        "io.k8s.api.authorization.v1.SubjectAccessReviewStatus": {
            /**
             * @description Whether it is allowed.
             * @default false
             */
            allowed: boolean;
            /** @description Whether it was denied outright, so that no other authorizer is asked. */
            denied?: boolean;
            /** @description What went wrong. The answer may hold all the same. */
            evaluationError?: string;
            /** @description Why, for people. */
            reason?: string;
        };
        /** @description What someone may do in a namespace. */
        "io.k8s.api.authorization.v1.SubjectRulesReviewStatus": {
            /** @description What went wrong; the lists are then incomplete. */
            evaluationError?: string;
            /**
             * @description Whether there may be more that is allowed.
             * @default false
             */
            incomplete: boolean;
            /** @description What is allowed on paths, in no order. */
            nonResourceRules: components["schemas"]["io.k8s.api.authorization.v1.NonResourceRule"][];
            /** @description What is allowed on resources, in no order. */
            resourceRules: components["schemas"]["io.k8s.api.authorization.v1.ResourceRule"][];
        };
        /** @description An object, in whatever version. */
        "io.k8s.api.autoscaling.v1.CrossVersionObjectReference": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /**
             * @description Kind of the object.
             * @default
             */
            kind: string;
            /**
             * @description Name of the object.
             * @default
             */
            name: string;
        };
        /** @description Sets the number of replicas of a workload by CPU use. */
        "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: what to scale, and between which bounds.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec"];
            /**
             * @description Seen state: current and wanted replicas.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus"];
        };
        /** @description What an autoscaler should bring about. */
        "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec": {
            /**
             * Format: int32
             * @description Most replicas; not below minReplicas.
             * @default 0
             */
            maxReplicas: number;
            /**
             * Format: int32
             * @description Fewest replicas. Default: 1.
             */
            minReplicas?: number;
            /**
             * @description The workload to scale.
             * @default {}
             */
            scaleTargetRef: components["schemas"]["io.k8s.api.autoscaling.v1.CrossVersionObjectReference"];
            /**
             * Format: int32
             * @description Average use of CPU to aim at, in percent of the requests. Default: 80.
             */
            targetCPUUtilizationPercentage?: number;
        };
        /** @description What was last seen of an autoscaler. */
        "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus": {
            /**
             * Format: int32
             * @description Average use of CPU, in percent of the requests.
             */
            currentCPUUtilizationPercentage?: number;
            /**
             * Format: int32
             * @description Replicas that exist.
             * @default 0
             */
            currentReplicas: number;
            /**
             * Format: int32
             * @description Replicas that the autoscaler wants.
             * @default 0
             */
            desiredReplicas: number;
            /** @description When it last changed the number of replicas. */
            lastScaleTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
        };
        /** @description Number of replicas of a workload, in a form that is the same for all kinds. */
        "io.k8s.api.autoscaling.v1.Scale": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted number of replicas.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.autoscaling.v1.ScaleSpec"];
            /**
             * @description Seen number of replicas.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.autoscaling.v1.ScaleStatus"];
        };
        /** @description What a workload should be scaled to. */
        "io.k8s.api.autoscaling.v1.ScaleSpec": {
            /**
             * Format: int32
             * @description Wanted number of replicas. Default: 0.
             * @default 0
             */
            replicas?: number;
        };
        /** @description What a workload is scaled to. */
        "io.k8s.api.autoscaling.v1.ScaleStatus": {
            /**
             * Format: int32
             * @description Number of replicas that exist.
             * @default 0
             */
            replicas: number;
            /** @description Label selector of the pods, as text. */
            selector?: string;
        };
        /** @description What one container of each pod uses of a resource, compared with its requests. */
        "io.k8s.api.autoscaling.v2.ContainerResourceMetricSource": {
            /**
             * @description Name of the container.
             * @default
             */
            container: string;
            /**
             * @description cpu, memory or another resource.
             * @default
             */
            name: string;
            /**
             * @description Value to aim at.
             * @default {}
             */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        /** @description Seen use of a resource by one container of each pod. */
        "io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus": {
            /**
             * @description Name of the container.
             * @default
             */
            container: string;
            /**
             * @description Seen value.
             * @default {}
             */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /**
             * @description cpu, memory or another resource.
             * @default
             */
            name: string;
        };
        /** @description An object, in whatever version. */
        "io.k8s.api.autoscaling.v2.CrossVersionObjectReference": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /**
             * @description Kind of the object.
             * @default
             */
            kind: string;
            /**
             * @description Name of the object.
             * @default
             */
            name: string;
        };
        /** @description A metric that has nothing to do with an object of the cluster, such as the length of a queue. */
        "io.k8s.api.autoscaling.v2.ExternalMetricSource": {
            /**
             * @description Which metric.
             * @default {}
             */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
            /**
             * @description Value to aim at.
             * @default {}
             */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        /** @description Seen value of a metric of something outside the cluster. */
        "io.k8s.api.autoscaling.v2.ExternalMetricStatus": {
            /**
             * @description Seen value.
             * @default {}
             */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /**
             * @description Which metric.
             * @default {}
             */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
        };
        /** @description A limit on how much may change in a time. */
        "io.k8s.api.autoscaling.v2.HPAScalingPolicy": {
            /**
             * Format: int32
             * @description Seconds that are looked back; 1 to 1800.
             * @default 0
             */
            periodSeconds: number;
            /**
             * @description Pods or Percent: what value counts.
             * @default
             */
            type: string;
            /**
             * Format: int32
             * @description Most pods, or percent of the pods, that may be added or taken away in that time; above 0.
             * @default 0
             */
            value: number;
        };
        /** @description How fast to scale in one direction. */
        "io.k8s.api.autoscaling.v2.HPAScalingRules": {
            /** @description Limits on the change. Unset: the defaults of the direction. */
            policies?: components["schemas"]["io.k8s.api.autoscaling.v2.HPAScalingPolicy"][];
            /** @description Which limit holds: Max, Min, or Disabled to never scale in this direction. Default: Max. */
            selectPolicy?: string;
            /**
             * Format: int32
             * @description Seconds over which the most careful advice is taken, 0 to 3600. Default: 0 up, 300 down.
             */
            stabilizationWindowSeconds?: number;
            /** @description Deviation from the target below which nothing is done, such as 0.05. Default: that of the cluster, 0.1. */
            tolerance?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description Sets the number of replicas of a workload by metrics. */
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: what to scale, by which metrics and between which bounds.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec"];
            /**
             * @description Seen state: current and wanted replicas, and metrics.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus"];
        };
        /** @description How fast to scale. */
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior": {
            /** @description Downwards. Default: to minReplicas, after five minutes of steady advice. */
            scaleDown?: components["schemas"]["io.k8s.api.autoscaling.v2.HPAScalingRules"];
            /** @description Upwards. Default: the larger of 4 more pods or twice as many, each 15 seconds. */
            scaleUp?: components["schemas"]["io.k8s.api.autoscaling.v2.HPAScalingRules"];
        };
        /** @description One aspect of the state of an autoscaler. */
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description AbleToScale, ScalingActive or ScalingLimited.
             * @default
             */
            type: string;
        };
        /** @description What an autoscaler should bring about. */
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec": {
            /** @description How fast to scale up and down. Unset: the defaults. */
            behavior?: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior"];
            /**
             * Format: int32
             * @description Most replicas; not below minReplicas.
             * @default 0
             */
            maxReplicas: number;
            /** @description What to scale by; the metric that asks for most replicas wins. Default: CPU at 80 percent. */
            metrics?: components["schemas"]["io.k8s.api.autoscaling.v2.MetricSpec"][];
            /**
             * Format: int32
             * @description Fewest replicas. Default: 1.
             */
            minReplicas?: number;
            /**
             * @description The workload to scale.
             * @default {}
             */
            scaleTargetRef: components["schemas"]["io.k8s.api.autoscaling.v2.CrossVersionObjectReference"];
        };
        /** @description What was last seen of an autoscaler. */
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus": {
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition"][];
            /** @description Values of the metrics when last read. */
            currentMetrics?: components["schemas"]["io.k8s.api.autoscaling.v2.MetricStatus"][];
            /**
             * Format: int32
             * @description Replicas that exist.
             */
            currentReplicas?: number;
            /**
             * Format: int32
             * @description Replicas that the autoscaler wants.
             * @default 0
             */
            desiredReplicas: number;
            /** @description When it last changed the number of replicas. */
            lastScaleTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
        };
        /** @description Name of a metric, and labels that choose among its series. */
        "io.k8s.api.autoscaling.v2.MetricIdentifier": {
            /**
             * @description Name of the metric.
             * @default
             */
            name: string;
            /** @description Labels that the series must have. Unset: the name alone decides. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
        };
        /** @description One metric to scale by; the field of its type is set. */
        "io.k8s.api.autoscaling.v2.MetricSpec": {
            /** @description Use of a resource by one container of each pod. */
            containerResource?: components["schemas"]["io.k8s.api.autoscaling.v2.ContainerResourceMetricSource"];
            /** @description A metric of something outside the cluster. */
            external?: components["schemas"]["io.k8s.api.autoscaling.v2.ExternalMetricSource"];
            /** @description A metric of one object, such as requests of an Ingress. */
            object?: components["schemas"]["io.k8s.api.autoscaling.v2.ObjectMetricSource"];
            /** @description A metric of each pod, averaged. */
            pods?: components["schemas"]["io.k8s.api.autoscaling.v2.PodsMetricSource"];
            /** @description Use of a resource by each pod. */
            resource?: components["schemas"]["io.k8s.api.autoscaling.v2.ResourceMetricSource"];
            /**
             * @description ContainerResource, External, Object, Pods or Resource.
             * @default
             */
            type: string;
        };
        /** @description Seen value of one metric; the field of its type is set. */
        "io.k8s.api.autoscaling.v2.MetricStatus": {
            /** @description Use of a resource by one container of each pod. */
            containerResource?: components["schemas"]["io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus"];
            /** @description A metric of something outside the cluster. */
            external?: components["schemas"]["io.k8s.api.autoscaling.v2.ExternalMetricStatus"];
            /** @description A metric of one object. */
            object?: components["schemas"]["io.k8s.api.autoscaling.v2.ObjectMetricStatus"];
            /** @description A metric of each pod, averaged. */
            pods?: components["schemas"]["io.k8s.api.autoscaling.v2.PodsMetricStatus"];
            /** @description Use of a resource by each pod. */
            resource?: components["schemas"]["io.k8s.api.autoscaling.v2.ResourceMetricStatus"];
            /**
             * @description ContainerResource, External, Object, Pods or Resource.
             * @default
             */
            type: string;
        };
        /** @description The value to aim at; the field of its type is set. */
        "io.k8s.api.autoscaling.v2.MetricTarget": {
            /**
             * Format: int32
             * @description Average over all pods, in percent of the requests. Only of resources.
             */
            averageUtilization?: number;
            /** @description Average over all pods. */
            averageValue?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /**
             * @description Utilization, Value or AverageValue.
             * @default
             */
            type: string;
            /** @description Value of the metric. */
            value?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description Seen value of a metric. */
        "io.k8s.api.autoscaling.v2.MetricValueStatus": {
            /**
             * Format: int32
             * @description Average over all pods, in percent of the requests.
             */
            averageUtilization?: number;
            /** @description Average over all pods. */
            averageValue?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @description Value of the metric. */
            value?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description A metric of one object. */
        "io.k8s.api.autoscaling.v2.ObjectMetricSource": {
            /**
             * @description The object.
             * @default {}
             */
            describedObject: components["schemas"]["io.k8s.api.autoscaling.v2.CrossVersionObjectReference"];
            /**
             * @description Which metric.
             * @default {}
             */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
            /**
             * @description Value to aim at.
             * @default {}
             */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        /** @description Seen value of a metric of one object. */
        "io.k8s.api.autoscaling.v2.ObjectMetricStatus": {
            /**
             * @description Seen value.
             * @default {}
             */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /**
             * @description The object.
             * @default {}
             */
            describedObject: components["schemas"]["io.k8s.api.autoscaling.v2.CrossVersionObjectReference"];
            /**
             * @description Which metric.
             * @default {}
             */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
        };
        /** @description A metric that each pod has, such as requests in a second; the average counts. */
        "io.k8s.api.autoscaling.v2.PodsMetricSource": {
            /**
             * @description Which metric.
             * @default {}
             */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
            /**
             * @description Value to aim at; an AverageValue.
             * @default {}
             */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        /** @description Seen average of a metric of each pod. */
        "io.k8s.api.autoscaling.v2.PodsMetricStatus": {
            /**
             * @description Seen value.
             * @default {}
             */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /**
             * @description Which metric.
             * @default {}
             */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
        };
        /** @description What the pods use of a resource, compared with their requests. */
        "io.k8s.api.autoscaling.v2.ResourceMetricSource": {
            /**
             * @description cpu, memory or another resource.
             * @default
             */
            name: string;
            /**
             * @description Value to aim at.
             * @default {}
             */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        /** @description Seen use of a resource by each pod. */
        "io.k8s.api.autoscaling.v2.ResourceMetricStatus": {
            /**
             * @description Seen value.
             * @default {}
             */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /**
             * @description cpu, memory or another resource.
             * @default
             */
            name: string;
        };
        /** @description Makes Jobs on a schedule. */
        "io.k8s.api.batch.v1.CronJob": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: schedule and job template.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.batch.v1.CronJobSpec"];
            /**
             * @description Seen state: running Jobs and last runs.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.batch.v1.CronJobStatus"];
        };
        /** @description What a CronJob should bring about. */
        "io.k8s.api.batch.v1.CronJobSpec": {
            /** @description When the last Job still runs: Allow another, Forbid it, or Replace the old one. Default: Allow. */
            concurrencyPolicy?: string;
            /**
             * Format: int32
             * @description Failed Jobs kept. Default: 1.
             */
            failedJobsHistoryLimit?: number;
            /**
             * @description What the Jobs look like.
             * @default {}
             */
            jobTemplate: components["schemas"]["io.k8s.api.batch.v1.JobTemplateSpec"];
            /**
             * @description When Jobs are due, in cron syntax: minute, hour, day, month, weekday.
             * @default
             */
            schedule: string;
            /**
             * Format: int64
             * @description Seconds that a Job may start late; later it counts as missed. Unset: no limit.
             */
            startingDeadlineSeconds?: number;
            /**
             * Format: int32
             * @description Successful Jobs kept. Default: 3.
             */
            successfulJobsHistoryLimit?: number;
            /** @description true: no Jobs are started; those that run go on. Default: false. */
            suspend?: boolean;
            /** @description Time zone of the schedule, such as Europe/Berlin. Default: that of the controller. */
            timeZone?: string;
        };
        /** @description What was last seen of a CronJob. */
        "io.k8s.api.batch.v1.CronJobStatus": {
            /** @description Jobs that run now. */
            active?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"][];
            /** @description When a Job was last due and made. */
            lastScheduleTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When a Job last completed. */
            lastSuccessfulTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description Runs pods until enough of them have succeeded. */
        "io.k8s.api.batch.v1.Job": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: pod template, completions and what to do about failures.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.batch.v1.JobSpec"];
            /**
             * @description Seen state: how many pods run, succeeded and failed.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.batch.v1.JobStatus"];
        };
        /** @description One aspect of the state of a Job. */
        "io.k8s.api.batch.v1.JobCondition": {
            /** @description When it was last checked. */
            lastProbeTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Suspended, SuccessCriteriaMet, FailureTarget, Complete or Failed.
             * @default
             */
            type: string;
        };
        /** @description What a Job should bring about. */
        "io.k8s.api.batch.v1.JobSpec": {
            /**
             * Format: int64
             * @description Longest run of the Job in seconds; then its pods are stopped and it has failed. Unset: no limit.
             */
            activeDeadlineSeconds?: number;
            /**
             * Format: int32
             * @description Failed pods before the Job has failed. Default: 6, or no limit with backoffLimitPerIndex.
             */
            backoffLimit?: number;
            /**
             * Format: int32
             * @description Retries of each index before it has failed. Only with completionMode Indexed. Unset: indexes are not counted apart.
             */
            backoffLimitPerIndex?: number;
            /** @description NonIndexed: any pod counts; Indexed: one success for each index from 0. Default: NonIndexed. */
            completionMode?: string;
            /**
             * Format: int32
             * @description Pods that must succeed. Unset: one success ends the Job, whatever the number of pods.
             */
            completions?: number;
            /** @description Controller that runs the Job, as domain/name. Unset: the built-in one. Can not change. */
            managedBy?: string;
            /** @description true: selector is given and must be unique. Default: false, and it is generated. */
            manualSelector?: boolean;
            /**
             * Format: int32
             * @description Failed indexes from which on the whole Job fails. Only with backoffLimitPerIndex. Unset: no limit.
             */
            maxFailedIndexes?: number;
            /**
             * Format: int32
             * @description Most pods at a time. Default: 1.
             */
            parallelism?: number;
            /** @description What failed pods mean, by exit code and condition. Unset: each counts towards backoffLimit. */
            podFailurePolicy?: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicy"];
            /** @description TerminatingOrFailed replaces pods that are ending, Failed only those that ended. Default: TerminatingOrFailed, or Failed with podFailurePolicy. */
            podReplacementPolicy?: string;
            /** @description Labels of the pods; generated unless manualSelector is true. Can not change. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description When an Indexed Job counts as done early. Unset: when all completions are. */
            successPolicy?: components["schemas"]["io.k8s.api.batch.v1.SuccessPolicy"];
            /** @description true: no pods run, and those that do are stopped. Default: false. */
            suspend?: boolean;
            /**
             * @description What the pods look like. restartPolicy must be Never or OnFailure.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
            /**
             * Format: int32
             * @description Seconds after which a finished Job is deleted. Unset: it stays.
             */
            ttlSecondsAfterFinished?: number;
        };
        /** @description What was last seen of a Job. */
        "io.k8s.api.batch.v1.JobStatus": {
            /**
             * Format: int32
             * @description Pods that are pending or running and not ending.
             */
            active?: number;
            /** @description Indexes that succeeded, such as 0,2-4. Only with completionMode Indexed. */
            completedIndexes?: string;
            /** @description When the Job completed. Unset when it failed. */
            completionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.batch.v1.JobCondition"][];
            /**
             * Format: int32
             * @description Pods that failed.
             */
            failed?: number;
            /** @description Indexes that failed, such as 0,2-4. Only with backoffLimitPerIndex. */
            failedIndexes?: string;
            /**
             * Format: int32
             * @description Active pods that are ready.
             */
            ready?: number;
            /** @description When the Job was taken up; set anew when it resumes. */
            startTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int32
             * @description Pods that succeeded.
             */
            succeeded?: number;
            /**
             * Format: int32
             * @description Pods that are being deleted.
             */
            terminating?: number;
            /** @description Pods that ended but are not in the counts yet. */
            uncountedTerminatedPods?: components["schemas"]["io.k8s.api.batch.v1.UncountedTerminatedPods"];
        };
        /** @description What a Job that is made looks like. */
        "io.k8s.api.batch.v1.JobTemplateSpec": {
            /**
             * @description Labels and annotations of the Jobs.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state of the Jobs.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.batch.v1.JobSpec"];
        };
        /** @description What failed pods mean for a Job. */
        "io.k8s.api.batch.v1.PodFailurePolicy": {
            /** @description Rules, tried in order; the first that matches decides. At most 20. */
            rules: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicyRule"][];
        };
        /** @description Exit codes of containers. */
        "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement": {
            /** @description Container that is looked at. Unset: all of them. */
            containerName?: string;
            /**
             * @description In or NotIn: whether the exit code must be one of the values or none of them.
             * @default
             */
            operator: string;
            /** @description Exit codes without duplicates, at most 255. 0 is not allowed with In. */
            values: number[];
        };
        /** @description A condition of the pod. */
        "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern": {
            /**
             * @description Status that it must have. Default: True.
             * @default
             */
            status?: string;
            /**
             * @description Type of the condition.
             * @default
             */
            type: string;
        };
        /** @description What one sort of failure means; one of onExitCodes and onPodConditions is set. */
        "io.k8s.api.batch.v1.PodFailurePolicyRule": {
            /**
             * @description FailJob, FailIndex, Ignore, or Count as without a rule.
             * @default
             */
            action: string;
            /** @description Exit codes for which the rule holds. */
            onExitCodes?: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement"];
            /** @description Conditions for which the rule holds; one is enough. At most 20. */
            onPodConditions?: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern"][];
        };
        /** @description When an Indexed Job counts as done. */
        "io.k8s.api.batch.v1.SuccessPolicy": {
            /** @description Rules, tried in order; one that holds is enough. At most 20. */
            rules: components["schemas"]["io.k8s.api.batch.v1.SuccessPolicyRule"][];
        };
        /** @description Indexes that must succeed; at least one field is set. */
        "io.k8s.api.batch.v1.SuccessPolicyRule": {
            /**
             * Format: int32
             * @description How many indexes must succeed; of succeededIndexes when both are set.
             */
            succeededCount?: number;
            /** @description Indexes that must succeed, such as 0,2-4; all unless succeededCount says less. */
            succeededIndexes?: string;
        };
        /** @description Pods to be counted once: they leave when the counts hold them. */
        "io.k8s.api.batch.v1.UncountedTerminatedPods": {
            /** @description Unique ids of failed pods. */
            failed?: string[];
            /** @description Unique ids of pods that succeeded. */
            succeeded?: string[];
        };
        /** @description Asks a signer for a certificate. */
        "io.k8s.api.certificates.v1.CertificateSigningRequest": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The request and who made it. Can not change.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.certificates.v1.CertificateSigningRequestSpec"];
            /**
             * @description Approval, and the certificate once it is issued.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.certificates.v1.CertificateSigningRequestStatus"];
        };
        /** @description A decision about a request. */
        "io.k8s.api.certificates.v1.CertificateSigningRequestCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the condition was last written. */
            lastUpdateTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown. Approved, Denied and Failed can only be True.
             * @default
             */
            status: string;
            /**
             * @description Approved, Denied or Failed.
             * @default
             */
            type: string;
        };
        /** @description A request for a certificate. */
        "io.k8s.api.certificates.v1.CertificateSigningRequestSpec": {
            /**
             * Format: int32
             * @description Wanted lifetime in seconds, 600 or more. The signer may choose another.
             */
            expirationSeconds?: number;
            /** @description Further facts about the user. Set by the server. */
            extra?: {
                [key: string]: string[];
            };
            /** @description Groups of the user. Set by the server. */
            groups?: string[];
            /**
             * Format: byte
             * @description A PKCS#10 request in PEM, base64.
             */
            request: string;
            /**
             * @description Signer that is asked, as domain/name.
             * @default
             */
            signerName: string;
            /** @description Id of the user. Set by the server. */
            uid?: string;
            /** @description What the key is for, such as digital signature and client auth. */
            usages?: string[];
            /** @description Name of the user who made the request. Set by the server. */
            username?: string;
        };
        /** @description Approval, and the certificate. */
        "io.k8s.api.certificates.v1.CertificateSigningRequestStatus": {
            /**
             * Format: byte
             * @description The certificate chain in PEM, base64. Set by the signer; can not change.
             */
            certificate?: string;
            /** @description Decisions about the request. */
            conditions?: components["schemas"]["io.k8s.api.certificates.v1.CertificateSigningRequestCondition"][];
        };
        /** @description A claim with an expiry: heartbeats and leader election. */
        "io.k8s.api.coordination.v1.Lease": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Who holds the lease, and until when.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.coordination.v1.LeaseSpec"];
        };
        /** @description Who holds a lease, and until when. */
        "io.k8s.api.coordination.v1.LeaseSpec": {
            /** @description When the holder got the lease. */
            acquireTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description Who holds the lease. */
            holderIdentity?: string;
            /**
             * Format: int32
             * @description Seconds after renewTime until others may take the lease.
             */
            leaseDurationSeconds?: number;
            /**
             * Format: int32
             * @description How often the lease changed hands.
             */
            leaseTransitions?: number;
            /** @description Who should take the lease next. Needs strategy. */
            preferredHolder?: string;
            /** @description When the holder last renewed the lease. */
            renewTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description How holders are elected, such as OldestEmulationVersion. Unset: whoever is first. */
            strategy?: string;
        };
        /** @description A disk of AWS. */
        "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /**
             * Format: int32
             * @description Partition to mount; 0 or unset for the whole disk.
             */
            partition?: number;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /**
             * @description Id of the disk.
             * @default
             */
            volumeID: string;
        };
        /** @description Rules about where a pod should and must not run. */
        "io.k8s.api.core.v1.Affinity": {
            /** @description Rules about nodes. */
            nodeAffinity?: components["schemas"]["io.k8s.api.core.v1.NodeAffinity"];
            /** @description Rules about pods to be near to. */
            podAffinity?: components["schemas"]["io.k8s.api.core.v1.PodAffinity"];
            /** @description Rules about pods to stay apart from. */
            podAntiAffinity?: components["schemas"]["io.k8s.api.core.v1.PodAntiAffinity"];
        };
        /** @description The AppArmor profile. */
        "io.k8s.api.core.v1.AppArmorProfile": {
            /** @description Name of a profile loaded on the node. Only and always with type Localhost. */
            localhostProfile?: string;
            /**
             * @description RuntimeDefault, Localhost for one loaded on the node, or Unconfined for none.
             * @default
             */
            type: string;
        };
        /** @description A volume that is attached to a node. */
        "io.k8s.api.core.v1.AttachedVolume": {
            /**
             * @description Path of the device on the node.
             * @default
             */
            devicePath: string;
            /**
             * @description Name of the volume.
             * @default
             */
            name: string;
        };
        /** @description A disk of Azure. */
        "io.k8s.api.core.v1.AzureDiskVolumeSource": {
            /**
             * @description None, ReadOnly or ReadWrite: caching on the host. Default: ReadWrite.
             * @default ReadWrite
             */
            cachingMode?: string;
            /**
             * @description Name of the disk.
             * @default
             */
            diskName: string;
            /**
             * @description URI of the disk.
             * @default
             */
            diskURI: string;
            /**
             * @description File system to mount, such as ext4. Default: ext4.
             * @default ext4
             */
            fsType?: string;
            /**
             * @description Shared or Dedicated for disks in blob storage, Managed for managed ones. Default: Shared.
             * @default Shared
             */
            kind?: string;
            /**
             * @description true: the volume can not be written. Default: false.
             * @default false
             */
            readOnly?: boolean;
        };
        /** @description A file share of Azure. */
        "io.k8s.api.core.v1.AzureFilePersistentVolumeSource": {
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /**
             * @description Secret with name and key of the storage account.
             * @default
             */
            secretName: string;
            /** @description Namespace of the Secret. Default: that of the claim. */
            secretNamespace?: string;
            /**
             * @description Name of the share.
             * @default
             */
            shareName: string;
        };
        /** @description A file share of Azure. */
        "io.k8s.api.core.v1.AzureFileVolumeSource": {
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /**
             * @description Secret with name and key of the storage account.
             * @default
             */
            secretName: string;
            /**
             * @description Name of the share.
             * @default
             */
            shareName: string;
        };
        /** @description Puts a pod on a node. */
        "io.k8s.api.core.v1.Binding": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The node.
             * @default {}
             */
            target: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
        };
        /** @description A volume of a storage system with a CSI driver. */
        "io.k8s.api.core.v1.CSIPersistentVolumeSource": {
            /** @description Secret for growing the volume in the storage system. */
            controllerExpandSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @description Secret for attaching the volume to a node, and for detaching it. */
            controllerPublishSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /**
             * @description Name of the CSI driver.
             * @default
             */
            driver: string;
            /** @description File system to mount. Unset: the driver decides. */
            fsType?: string;
            /** @description Secret for growing the volume on the node. */
            nodeExpandSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @description Secret for mounting the volume into a pod. */
            nodePublishSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @description Secret for preparing the volume on the node. */
            nodeStageSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Settings that the driver gave when it made the volume. */
            volumeAttributes?: {
                [key: string]: string;
            };
            /**
             * @description Id of the volume for the driver. Can not change.
             * @default
             */
            volumeHandle: string;
        };
        /** @description A volume whose life is that of the pod, for drivers that support it. */
        "io.k8s.api.core.v1.CSIVolumeSource": {
            /**
             * @description Name of the CSI driver.
             * @default
             */
            driver: string;
            /** @description File system to mount. Unset: the driver decides. */
            fsType?: string;
            /** @description Secret for the driver, in the namespace of the pod. */
            nodePublishSecretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Settings for the driver. */
            volumeAttributes?: {
                [key: string]: string;
            };
        };
        /** @description Linux capabilities added to or taken from the default set of the runtime. */
        "io.k8s.api.core.v1.Capabilities": {
            /** @description Capabilities to add, without CAP_, such as NET_ADMIN. */
            add?: string[];
            /** @description Capabilities to take away; ALL takes all. */
            drop?: string[];
        };
        /** @description A CephFS file system. */
        "io.k8s.api.core.v1.CephFSPersistentVolumeSource": {
            /** @description Addresses of the Ceph monitors. */
            monitors: string[];
            /** @description Folder of the file system. Default: /. */
            path?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description File on the node with the key of the user. Default: /etc/ceph/user.secret. */
            secretFile?: string;
            /** @description Secret with the key of the user; wins over secretFile. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @description Name of the Ceph user. Default: admin. */
            user?: string;
        };
        /** @description A CephFS file system. */
        "io.k8s.api.core.v1.CephFSVolumeSource": {
            /** @description Addresses of the Ceph monitors. */
            monitors: string[];
            /** @description Folder of the file system. Default: /. */
            path?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description File on the node with the key of the user. Default: /etc/ceph/user.secret. */
            secretFile?: string;
            /** @description Secret with the key of the user; wins over secretFile. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @description Name of the Ceph user. Default: admin. */
            user?: string;
        };
        /** @description A disk of OpenStack. */
        "io.k8s.api.core.v1.CinderPersistentVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the credentials of OpenStack. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /**
             * @description Id of the disk.
             * @default
             */
            volumeID: string;
        };
        /** @description A disk of OpenStack. */
        "io.k8s.api.core.v1.CinderVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the credentials of OpenStack. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /**
             * @description Id of the disk.
             * @default
             */
            volumeID: string;
        };
        /** @description How long a client address is kept on one pod. */
        "io.k8s.api.core.v1.ClientIPConfig": {
            /**
             * Format: int32
             * @description Seconds that a client stays with its pod, 1 to 86400. Default: 10800.
             */
            timeoutSeconds?: number;
        };
        /** @description Root certificates of ClusterTrustBundles as a file, in any order and without duplicates. */
        "io.k8s.api.core.v1.ClusterTrustBundleProjection": {
            /** @description Bundles of the signer by label. Empty: all of them. Needs signerName. */
            labelSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Name of one bundle. Not together with signerName. */
            name?: string;
            /** @description true: the bundles may be missing, and the file is empty then. Default: false. */
            optional?: boolean;
            /**
             * @description Path of the file in the volume; relative, without `..`.
             * @default
             */
            path: string;
            /** @description Signer of the bundles. Not together with name. */
            signerName?: string;
        };
        /** @description One aspect of the health of a component. */
        "io.k8s.api.core.v1.ComponentCondition": {
            /** @description Error of the check. */
            error?: string;
            /** @description What the check said. */
            message?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Healthy.
             * @default
             */
            type: string;
        };
        /** @description Health of a part of the control plane. */
        "io.k8s.api.core.v1.ComponentStatus": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description What was seen when it was checked. */
            conditions?: components["schemas"]["io.k8s.api.core.v1.ComponentCondition"][];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
        };
        /** @description Configuration as keys and values, for pods to read. */
        "io.k8s.api.core.v1.ConfigMap": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Values that are not text, base64. No key may be in data too. */
            binaryData?: {
                [key: string]: string;
            };
            /** @description Values that are text. All data together is at most 1 MiB. */
            data?: {
                [key: string]: string;
            };
            /** @description When true, the data can never change again. Default: false. */
            immutable?: boolean;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
        };
        /** @description A ConfigMap whose keys become variables. */
        "io.k8s.api.core.v1.ConfigMapEnvSource": {
            /**
             * @description Name of a ConfigMap in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the ConfigMap may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description One key of a ConfigMap. */
        "io.k8s.api.core.v1.ConfigMapKeySelector": {
            /**
             * @description Key in the ConfigMap; its value is used.
             * @default
             */
            key: string;
            /**
             * @description Name of a ConfigMap in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the ConfigMap or the key may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description A ConfigMap with settings of a node agent. No longer used. */
        "io.k8s.api.core.v1.ConfigMapNodeConfigSource": {
            /**
             * @description Key that holds the settings.
             * @default
             */
            kubeletConfigKey: string;
            /**
             * @description Name of the ConfigMap.
             * @default
             */
            name: string;
            /**
             * @description Namespace of the ConfigMap.
             * @default
             */
            namespace: string;
            /** @description Version of the ConfigMap; only in a status. */
            resourceVersion?: string;
            /** @description Unique id of the ConfigMap; only in a status. */
            uid?: string;
        };
        /** @description Keys of a ConfigMap as files in a projected volume. */
        "io.k8s.api.core.v1.ConfigMapProjection": {
            /** @description Keys to take, and their files. Unset: all, each under its own name. */
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /**
             * @description Name of a ConfigMap in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the ConfigMap or its keys may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description Each key is a file. Changes of the ConfigMap reach the files after a while. */
        "io.k8s.api.core.v1.ConfigMapVolumeSource": {
            /**
             * Format: int32
             * @description Permissions of the files, 0 to 0777 octal. Default: 0644.
             */
            defaultMode?: number;
            /** @description Keys to take, and their files. Unset: all, each under its own name. */
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /**
             * @description Name of a ConfigMap in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the ConfigMap or its keys may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description One program of a pod: an image and how to run it. */
        "io.k8s.api.core.v1.Container": {
            /** @description Arguments; unset: those of the image. $(NAME) stands for a variable. */
            args?: string[];
            /** @description Program and first arguments, in place of the entry point of the image. Not run in a shell. */
            command?: string[];
            /** @description Environment variables. */
            env?: components["schemas"]["io.k8s.api.core.v1.EnvVar"][];
            /** @description ConfigMaps and Secrets whose keys become variables. Those in env win, and later ones over earlier. */
            envFrom?: components["schemas"]["io.k8s.api.core.v1.EnvFromSource"][];
            /** @description Name of the image, such as registry.example/app:1.2. */
            image?: string;
            /** @description Always, IfNotPresent or Never. Default: Always for the tag latest, else IfNotPresent. */
            imagePullPolicy?: string;
            /** @description Actions after start and before stop. */
            lifecycle?: components["schemas"]["io.k8s.api.core.v1.Lifecycle"];
            /** @description When this fails, the container is restarted. Unset: never for this reason. */
            livenessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /**
             * @description Name, unique in the pod; a DNS label. Can not change.
             * @default
             */
            name: string;
            /** @description Ports that the container listens on. For information: others can be reached too. */
            ports?: components["schemas"]["io.k8s.api.core.v1.ContainerPort"][];
            /** @description While this fails, Services do not lead here. Unset: ready as soon as it runs. */
            readinessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @description Whether a change of resources needs a restart. Default: it does not. */
            resizePolicy?: components["schemas"]["io.k8s.api.core.v1.ContainerResizePolicy"][];
            /**
             * @description CPU, memory and other resources that the container needs and may use.
             * @default {}
             */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /** @description Own policy: Always, OnFailure or Never. Always makes an init container a sidecar. Unset: that of the pod. */
            restartPolicy?: string;
            /** @description Rules by exit code, tried in order before restartPolicy; the first that matches decides. */
            restartPolicyRules?: components["schemas"]["io.k8s.api.core.v1.ContainerRestartRule"][];
            /** @description Identity and rights of this container. What is set here wins over the pod. */
            securityContext?: components["schemas"]["io.k8s.api.core.v1.SecurityContext"];
            /** @description Until this succeeds, no other probe runs; when it fails, the container is restarted. */
            startupProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @description Keep standard input open. Default: false. */
            stdin?: boolean;
            /** @description Close standard input after the first attach ends. Default: false. */
            stdinOnce?: boolean;
            /** @description File whose content becomes the message of the end, at most 4 KiB. Default: /dev/termination-log. */
            terminationMessagePath?: string;
            /** @description File, or FallbackToLogsOnError: the end of the log when the file is empty. Default: File. */
            terminationMessagePolicy?: string;
            /** @description Give the container a terminal; needs stdin. Default: false. */
            tty?: boolean;
            /** @description Block devices of the container. */
            volumeDevices?: components["schemas"]["io.k8s.api.core.v1.VolumeDevice"][];
            /** @description Volumes of the pod and where they are seen. */
            volumeMounts?: components["schemas"]["io.k8s.api.core.v1.VolumeMount"][];
            /** @description Working folder; unset: that of the image. */
            workingDir?: string;
        };
        /** @description Ties an extended resource of a container to a request of the claim. */
        "io.k8s.api.core.v1.ContainerExtendedResourceRequest": {
            /**
             * @description Name of the container.
             * @default
             */
            containerName: string;
            /**
             * @description Name of the request in the claim.
             * @default
             */
            requestName: string;
            /**
             * @description Name of the extended resource.
             * @default
             */
            resourceName: string;
        };
        /** @description An image on a node. */
        "io.k8s.api.core.v1.ContainerImage": {
            /** @description Names of the image, by tag and by digest. */
            names?: string[];
            /**
             * Format: int64
             * @description Size in bytes.
             */
            sizeBytes?: number;
        };
        /** @description A port that a container listens on. */
        "io.k8s.api.core.v1.ContainerPort": {
            /**
             * Format: int32
             * @description Port number in the pod, 1 to 65535.
             * @default 0
             */
            containerPort: number;
            /** @description Address of the node that hostPort is opened at. Unset: all. */
            hostIP?: string;
            /**
             * Format: int32
             * @description Port number on the node. With hostNetwork it is containerPort. Unset: none.
             */
            hostPort?: number;
            /** @description Name that Services and probes can use, unique in the pod. */
            name?: string;
            /**
             * @description TCP, UDP or SCTP. Default: TCP.
             * @default TCP
             */
            protocol?: string;
        };
        /** @description What a change of one resource does to a running container. */
        "io.k8s.api.core.v1.ContainerResizePolicy": {
            /**
             * @description cpu or memory.
             * @default
             */
            resourceName: string;
            /**
             * @description NotRequired applies the change in place, RestartContainer restarts. Default: NotRequired.
             * @default
             */
            restartPolicy: string;
        };
        /** @description What to do when a container ends in a certain way. */
        "io.k8s.api.core.v1.ContainerRestartRule": {
            /** @description Restart restarts the container, RestartAllContainers all of the pod. */
            action: string;
            /** @description Exit codes for which the rule holds. */
            exitCodes?: components["schemas"]["io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes"];
        };
        /** @description A set of exit codes. */
        "io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes": {
            /** @description In or NotIn: whether the exit code must be one of the values or none of them. */
            operator: string;
            /** @description Exit codes, 0 to 255; at most 255 of them. */
            values?: number[];
        };
        /** @description State of a container; one field is set. None means waiting. */
        "io.k8s.api.core.v1.ContainerState": {
            /** @description Set while it runs. */
            running?: components["schemas"]["io.k8s.api.core.v1.ContainerStateRunning"];
            /** @description Set when it has ended. */
            terminated?: components["schemas"]["io.k8s.api.core.v1.ContainerStateTerminated"];
            /** @description Set while it waits to start. */
            waiting?: components["schemas"]["io.k8s.api.core.v1.ContainerStateWaiting"];
        };
        /** @description A container that runs. */
        "io.k8s.api.core.v1.ContainerStateRunning": {
            /** @description When it started. */
            startedAt?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description A container that has ended. */
        "io.k8s.api.core.v1.ContainerStateTerminated": {
            /** @description Id of the container, as runtime://id. */
            containerID?: string;
            /**
             * Format: int32
             * @description Exit code of the program; 0 is success.
             * @default 0
             */
            exitCode: number;
            /** @description When it ended. */
            finishedAt?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Content of the termination message file, or why it ended. */
            message?: string;
            /** @description Why it ended, in one word, such as Completed, Error or OOMKilled. */
            reason?: string;
            /**
             * Format: int32
             * @description Signal that ended it; 0 for none.
             */
            signal?: number;
            /** @description When it started. */
            startedAt?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description A container that has not started yet. */
        "io.k8s.api.core.v1.ContainerStateWaiting": {
            /** @description What it waits for, for people. */
            message?: string;
            /** @description What it waits for, in one word, such as ImagePullBackOff. */
            reason?: string;
        };
        /** @description What was last seen of one container. */
        "io.k8s.api.core.v1.ContainerStatus": {
            /** @description Requests that the node has set aside for the container. */
            allocatedResources?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Health of the devices that the container was given. */
            allocatedResourcesStatus?: components["schemas"]["io.k8s.api.core.v1.ResourceStatus"][];
            /** @description Id of the container, as runtime://id. */
            containerID?: string;
            /**
             * @description Name of the image that runs. It may differ from the spec.
             * @default
             */
            image: string;
            /**
             * @description Digest of the image that runs.
             * @default
             */
            imageID: string;
            /**
             * @description How the container ended the last time; empty when it never did.
             * @default {}
             */
            lastState?: components["schemas"]["io.k8s.api.core.v1.ContainerState"];
            /**
             * @description Name of the container.
             * @default
             */
            name: string;
            /**
             * @description Whether the readiness probe succeeds; true without one while the container runs.
             * @default false
             */
            ready: boolean;
            /** @description Requests and limits that are in force. */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /**
             * Format: int32
             * @description How often the container was restarted. Removed dead containers are not counted.
             * @default 0
             */
            restartCount: number;
            /** @description Whether the startup probe succeeded; true without one once the container runs. */
            started?: boolean;
            /**
             * @description What the container does now.
             * @default {}
             */
            state?: components["schemas"]["io.k8s.api.core.v1.ContainerState"];
            /** @description Signal that asks the program to stop. */
            stopSignal?: string;
            /** @description User and groups that the program started with. */
            user?: components["schemas"]["io.k8s.api.core.v1.ContainerUser"];
            /** @description State of the mounts. */
            volumeMounts?: components["schemas"]["io.k8s.api.core.v1.VolumeMountStatus"][];
        };
        /** @description Identity of the first program of a container. */
        "io.k8s.api.core.v1.ContainerUser": {
            /** @description Identity on Linux. */
            linux?: components["schemas"]["io.k8s.api.core.v1.LinuxContainerUser"];
        };
        /** @description A port that a program on a node listens on. */
        "io.k8s.api.core.v1.DaemonEndpoint": {
            /**
             * Format: int32
             * @description Port number.
             * @default 0
             */
            Port: number;
        };
        /** @description Fields of the pod as files in a projected volume. */
        "io.k8s.api.core.v1.DownwardAPIProjection": {
            /** @description The files. */
            items?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIVolumeFile"][];
        };
        /** @description A file with one value of the pod; exactly one of fieldRef and resourceFieldRef is set. */
        "io.k8s.api.core.v1.DownwardAPIVolumeFile": {
            /** @description A field of the pod: annotations, labels, name, namespace or uid. */
            fieldRef?: components["schemas"]["io.k8s.api.core.v1.ObjectFieldSelector"];
            /**
             * Format: int32
             * @description Permissions of the file, 0 to 0777 octal. Default: defaultMode of the volume.
             */
            mode?: number;
            /**
             * @description Path of the file in the volume; relative, without `..`.
             * @default
             */
            path: string;
            /** @description A limit or request of a container. */
            resourceFieldRef?: components["schemas"]["io.k8s.api.core.v1.ResourceFieldSelector"];
        };
        /** @description Each item is a file. Changes of the pod reach the files after a while. */
        "io.k8s.api.core.v1.DownwardAPIVolumeSource": {
            /**
             * Format: int32
             * @description Permissions of the files, 0 to 0777 octal. Default: 0644.
             */
            defaultMode?: number;
            /** @description The files. */
            items?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIVolumeFile"][];
        };
        /** @description A folder shared by the containers of the pod; its content goes with the pod. */
        "io.k8s.api.core.v1.EmptyDirVolumeSource": {
            /** @description Empty for the disk of the node, Memory for RAM, HugePages or HugePages-SIZE. Default: empty. */
            medium?: string;
            /** @description Most that the folder may hold; the pod is evicted above it. Unset: no limit. */
            sizeLimit?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description The address of one backend. */
        "io.k8s.api.core.v1.EndpointAddress": {
            /** @description Host name of the backend. */
            hostname?: string;
            /**
             * @description Address; not a loopback, link-local or multicast one.
             * @default
             */
            ip: string;
            /** @description Node that the backend runs on. */
            nodeName?: string;
            /** @description The object behind the address, mostly a pod. */
            targetRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
        };
        /** @description A port of the backends. */
        "io.k8s.api.core.v1.EndpointPort": {
            /** @description Protocol spoken on the port, such as kubernetes.io/h2c. Unset: plain TCP. */
            appProtocol?: string;
            /** @description Name of the port. Needed when there is more than one. */
            name?: string;
            /**
             * Format: int32
             * @description Port number.
             * @default 0
             */
            port: number;
            /** @description TCP, UDP or SCTP. Default: TCP. */
            protocol?: string;
        };
        /** @description Addresses that share the same ports: each address with each port. */
        "io.k8s.api.core.v1.EndpointSubset": {
            /** @description Addresses that are ready. */
            addresses?: components["schemas"]["io.k8s.api.core.v1.EndpointAddress"][];
            /** @description Addresses that are not ready, or failed. */
            notReadyAddresses?: components["schemas"]["io.k8s.api.core.v1.EndpointAddress"][];
            /** @description The ports. */
            ports?: components["schemas"]["io.k8s.api.core.v1.EndpointPort"][];
        };
        /** @description Addresses behind a Service, the old way; see EndpointSlice. */
        "io.k8s.api.core.v1.Endpoints": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description All addresses with their ports. */
            subsets?: components["schemas"]["io.k8s.api.core.v1.EndpointSubset"][];
        };
        /** @description A ConfigMap or Secret, all keys of which become variables; exactly one is set. */
        "io.k8s.api.core.v1.EnvFromSource": {
            /** @description The ConfigMap. */
            configMapRef?: components["schemas"]["io.k8s.api.core.v1.ConfigMapEnvSource"];
            /** @description Text put before each key. It may hold any printable ASCII character but `=`. */
            prefix?: string;
            /** @description The Secret. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretEnvSource"];
        };
        /** @description One environment variable. */
        "io.k8s.api.core.v1.EnvVar": {
            /**
             * @description Name of the variable.
             * @default
             */
            name: string;
            /** @description Value; $(NAME) stands for a variable before it, $$ for $. Not together with valueFrom. */
            value?: string;
            /** @description Where the value comes from. Not together with value. */
            valueFrom?: components["schemas"]["io.k8s.api.core.v1.EnvVarSource"];
        };
        /** @description Where the value of a variable comes from; exactly one field is set. */
        "io.k8s.api.core.v1.EnvVarSource": {
            /** @description A key of a ConfigMap. */
            configMapKeyRef?: components["schemas"]["io.k8s.api.core.v1.ConfigMapKeySelector"];
            /** @description A field of the pod, such as metadata.name or status.podIP. */
            fieldRef?: components["schemas"]["io.k8s.api.core.v1.ObjectFieldSelector"];
            /** @description A variable of a file in a volume, written by an init container. */
            fileKeyRef?: components["schemas"]["io.k8s.api.core.v1.FileKeySelector"];
            /** @description A limit or request of a container. */
            resourceFieldRef?: components["schemas"]["io.k8s.api.core.v1.ResourceFieldSelector"];
            /** @description A key of a Secret. */
            secretKeyRef?: components["schemas"]["io.k8s.api.core.v1.SecretKeySelector"];
        };
        /** @description A container added to a running pod, to look into it. It is never restarted and has no guarantees. */
        "io.k8s.api.core.v1.EphemeralContainer": {
            /** @description Arguments; unset: those of the image. $(NAME) stands for a variable. */
            args?: string[];
            /** @description Program and first arguments, in place of the entry point of the image. */
            command?: string[];
            /** @description Environment variables. */
            env?: components["schemas"]["io.k8s.api.core.v1.EnvVar"][];
            /** @description ConfigMaps and Secrets whose keys become variables. Those in env win. */
            envFrom?: components["schemas"]["io.k8s.api.core.v1.EnvFromSource"][];
            /** @description Name of the image. */
            image?: string;
            /** @description Always, IfNotPresent or Never. Default: Always for the tag latest, else IfNotPresent. */
            imagePullPolicy?: string;
            /** @description Not allowed here. */
            lifecycle?: components["schemas"]["io.k8s.api.core.v1.Lifecycle"];
            /** @description Not allowed here. */
            livenessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /**
             * @description Name, unique among all containers of the pod.
             * @default
             */
            name: string;
            /** @description Not allowed here. */
            ports?: components["schemas"]["io.k8s.api.core.v1.ContainerPort"][];
            /** @description Not allowed here. */
            readinessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @description Not allowed here. */
            resizePolicy?: components["schemas"]["io.k8s.api.core.v1.ContainerResizePolicy"][];
            /**
             * @description Not allowed here: it uses what the pod already has.
             * @default {}
             */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /** @description Not allowed here. */
            restartPolicy?: string;
            /** @description Not allowed here. */
            restartPolicyRules?: components["schemas"]["io.k8s.api.core.v1.ContainerRestartRule"][];
            /** @description Identity and rights of this container. */
            securityContext?: components["schemas"]["io.k8s.api.core.v1.SecurityContext"];
            /** @description Not allowed here. */
            startupProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @description Keep standard input open. Default: false. */
            stdin?: boolean;
            /** @description Close standard input after the first attach. Default: false. */
            stdinOnce?: boolean;
            /** @description Container whose processes this one sees; unset: those of the pod as a whole. */
            targetContainerName?: string;
            /** @description File whose content becomes the message of the end. Default: /dev/termination-log. */
            terminationMessagePath?: string;
            /** @description File, or FallbackToLogsOnError: the end of the log when the file is empty. Default: File. */
            terminationMessagePolicy?: string;
            /** @description Give the container a terminal; needs stdin. Default: false. */
            tty?: boolean;
            /** @description Block devices. */
            volumeDevices?: components["schemas"]["io.k8s.api.core.v1.VolumeDevice"][];
            /** @description Volumes of the pod and where they are seen. subPath is not allowed here. */
            volumeMounts?: components["schemas"]["io.k8s.api.core.v1.VolumeMount"][];
            /** @description Working folder; unset: that of the image. */
            workingDir?: string;
        };
        /** @description A claim that belongs to the pod, for storage that no other pod needs. */
        "io.k8s.api.core.v1.EphemeralVolumeSource": {
            /** @description What the claim looks like. It is named POD-VOLUME. Can not change. */
            volumeClaimTemplate?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimTemplate"];
        };
        /** @description Something that happened to an object; kept for about an hour. */
        "io.k8s.api.core.v1.Event": {
            /** @description What was done or failed, in one word. */
            action?: string;
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /**
             * Format: int32
             * @description How often it happened.
             */
            count?: number;
            /** @description When it was first seen. */
            eventTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description When it first happened. */
            firstTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description The object that the event is about.
             * @default {}
             */
            involvedObject: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /** @description When it last happened. */
            lastTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description What happened, for people. */
            message?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Why it happened, in one word. */
            reason?: string;
            /** @description A second object that took part. */
            related?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /**
             * @description Component that reported it, such as kubernetes.io/kubelet.
             * @default
             */
            reportingComponent?: string;
            /**
             * @description Instance of that component.
             * @default
             */
            reportingInstance?: string;
            /** @description Set while it keeps happening. */
            series?: components["schemas"]["io.k8s.api.core.v1.EventSeries"];
            /**
             * @description Component and node that reported it.
             * @default {}
             */
            source?: components["schemas"]["io.k8s.api.core.v1.EventSource"];
            /** @description Normal or Warning. */
            type?: string;
        };
        /** @description Something that keeps happening. */
        "io.k8s.api.core.v1.EventSeries": {
            /**
             * Format: int32
             * @description How often it happened until lastObservedTime.
             */
            count?: number;
            /** @description When it was last seen. */
            lastObservedTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
        };
        /** @description Who reported an event. */
        "io.k8s.api.core.v1.EventSource": {
            /** @description Name of the component. */
            component?: string;
            /** @description Name of the node. */
            host?: string;
        };
        /** @description A command run in the container. */
        "io.k8s.api.core.v1.ExecAction": {
            /** @description Program and arguments, run without a shell. Exit code 0 is success. */
            command?: string[];
        };
        /** @description A Fibre Channel disk, by targetWWNs and lun or by wwids. */
        "io.k8s.api.core.v1.FCVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /**
             * Format: int32
             * @description Number of the disk at the target.
             */
            lun?: number;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description World wide names of the target. */
            targetWWNs?: string[];
            /** @description World wide identifiers of the disk. */
            wwids?: string[];
        };
        /** @description One variable of a file in a volume. */
        "io.k8s.api.core.v1.FileKeySelector": {
            /**
             * @description Name of the variable in the file.
             * @default
             */
            key: string;
            /**
             * @description true: the file or the variable may be missing, and nothing is set then. Default: false.
             * @default false
             */
            optional?: boolean;
            /**
             * @description Path of the file in the volume; relative, without `..`.
             * @default
             */
            path: string;
            /**
             * @description Name of an emptyDir volume of the pod that holds the file.
             * @default
             */
            volumeName: string;
        };
        /** @description A volume of a program on the node. Deprecated: use a CSI driver. */
        "io.k8s.api.core.v1.FlexPersistentVolumeSource": {
            /**
             * @description Name of the program.
             * @default
             */
            driver: string;
            /** @description File system to mount. Unset: the program decides. */
            fsType?: string;
            /** @description Settings for the program. */
            options?: {
                [key: string]: string;
            };
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret for the program. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
        };
        /** @description A volume of a program on the node. Deprecated: use a CSI driver. */
        "io.k8s.api.core.v1.FlexVolumeSource": {
            /**
             * @description Name of the program.
             * @default
             */
            driver: string;
            /** @description File system to mount. Unset: the program decides. */
            fsType?: string;
            /** @description Settings for the program. */
            options?: {
                [key: string]: string;
            };
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret for the program, in the namespace of the pod. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
        };
        /** @description A Flocker dataset; exactly one of the two fields is set. */
        "io.k8s.api.core.v1.FlockerVolumeSource": {
            /** @description Name of the dataset. Deprecated. */
            datasetName?: string;
            /** @description Id of the dataset. */
            datasetUUID?: string;
        };
        /** @description A disk of Google Cloud. */
        "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /**
             * Format: int32
             * @description Partition to mount; 0 or unset for the whole disk.
             */
            partition?: number;
            /**
             * @description Name of the disk.
             * @default
             */
            pdName: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
        };
        /** @description A call of the gRPC health service. SERVING is success. */
        "io.k8s.api.core.v1.GRPCAction": {
            /**
             * Format: int32
             * @description Port number of the server, 1 to 65535.
             * @default 0
             */
            port: number;
            /**
             * @description Name of the service to ask about. Default: empty, the server as a whole.
             * @default
             */
            service?: string;
        };
        /** @description A clone of a Git repository, made when the pod starts. */
        "io.k8s.api.core.v1.GitRepoVolumeSource": {
            /** @description Folder for the clone; `.` for the volume itself. Without `..`. */
            directory?: string;
            /**
             * @description URL of the repository.
             * @default
             */
            repository: string;
            /** @description Commit to check out. */
            revision?: string;
        };
        /** @description A GlusterFS volume. */
        "io.k8s.api.core.v1.GlusterfsPersistentVolumeSource": {
            /**
             * @description Name of Endpoints with the addresses of the servers.
             * @default
             */
            endpoints: string;
            /** @description Namespace of the Endpoints. Default: that of the claim. */
            endpointsNamespace?: string;
            /**
             * @description Name of the volume.
             * @default
             */
            path: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
        };
        /** @description A GlusterFS volume. */
        "io.k8s.api.core.v1.GlusterfsVolumeSource": {
            /**
             * @description Name of Endpoints with the addresses of the servers.
             * @default
             */
            endpoints: string;
            /**
             * @description Name of the volume.
             * @default
             */
            path: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
        };
        /** @description An HTTP GET request. Status 200 to 399 is success. */
        "io.k8s.api.core.v1.HTTPGetAction": {
            /** @description Host to connect to. Default: the address of the pod. Set the header Host for another host name. */
            host?: string;
            /** @description Headers of the request; a name may come more than once. */
            httpHeaders?: components["schemas"]["io.k8s.api.core.v1.HTTPHeader"][];
            /** @description Path of the request. Default: /. */
            path?: string;
            /** @description Port number, 1 to 65535, or name of a port of the container. */
            port: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description HTTP or HTTPS, without a check of the certificate. Default: HTTP. */
            scheme?: string;
        };
        /** @description One header of a request. */
        "io.k8s.api.core.v1.HTTPHeader": {
            /**
             * @description Name of the header.
             * @default
             */
            name: string;
            /**
             * @description Value of the header.
             * @default
             */
            value: string;
        };
        /** @description One line of /etc/hosts. */
        "io.k8s.api.core.v1.HostAlias": {
            /** @description Names for the address. */
            hostnames?: string[];
            /**
             * @description The address, IPv4 or IPv6.
             * @default
             */
            ip: string;
        };
        /** @description One address of a node. */
        "io.k8s.api.core.v1.HostIP": {
            /**
             * @description The address.
             * @default
             */
            ip: string;
        };
        /** @description A file or folder of the node. */
        "io.k8s.api.core.v1.HostPathVolumeSource": {
            /**
             * @description Absolute path on the node. Links are followed.
             * @default
             */
            path: string;
            /** @description What must be there: Directory, File, Socket, CharDevice, BlockDevice, or ...OrCreate to make it. Default: no check. */
            type?: string;
        };
        /** @description A disk of an iSCSI target. One node at a time can write it. */
        "io.k8s.api.core.v1.ISCSIPersistentVolumeSource": {
            /** @description Whether discovery authenticates with CHAP. */
            chapAuthDiscovery?: boolean;
            /** @description Whether sessions authenticate with CHAP. */
            chapAuthSession?: boolean;
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description Own name as initiator, in place of that of the node. */
            initiatorName?: string;
            /**
             * @description Name of the target.
             * @default
             */
            iqn: string;
            /**
             * @description Name of the interface to use. Default: default, that is TCP.
             * @default default
             */
            iscsiInterface?: string;
            /**
             * Format: int32
             * @description Number of the disk at the target.
             * @default 0
             */
            lun: number;
            /** @description Further addresses of the target, IP or IP:port. */
            portals?: string[];
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret for CHAP. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /**
             * @description Address of the target, IP or IP:port. Default port: 3260.
             * @default
             */
            targetPortal: string;
        };
        /** @description A disk of an iSCSI target. One node at a time can write it. */
        "io.k8s.api.core.v1.ISCSIVolumeSource": {
            /** @description Whether discovery authenticates with CHAP. */
            chapAuthDiscovery?: boolean;
            /** @description Whether sessions authenticate with CHAP. */
            chapAuthSession?: boolean;
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description Own name as initiator, in place of that of the node. */
            initiatorName?: string;
            /**
             * @description Name of the target.
             * @default
             */
            iqn: string;
            /**
             * @description Name of the interface to use. Default: default, that is TCP.
             * @default default
             */
            iscsiInterface?: string;
            /**
             * Format: int32
             * @description Number of the disk at the target.
             * @default 0
             */
            lun: number;
            /** @description Further addresses of the target, IP or IP:port. */
            portals?: string[];
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret for CHAP. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /**
             * @description Address of the target, IP or IP:port. Default port: 3260.
             * @default
             */
            targetPortal: string;
        };
        /** @description An image that is pulled when the pod starts and mounted as it is. */
        "io.k8s.api.core.v1.ImageVolumeSource": {
            /** @description Always, IfNotPresent or Never. Default: Always for the tag latest, else IfNotPresent. */
            pullPolicy?: string;
            /** @description Name of the image or artifact. */
            reference?: string;
        };
        /** @description Which image is mounted. */
        "io.k8s.api.core.v1.ImageVolumeStatus": {
            /** @description Digest of the image. */
            imageRef: string;
        };
        /** @description One key and the file it becomes. */
        "io.k8s.api.core.v1.KeyToPath": {
            /**
             * @description Key to take.
             * @default
             */
            key: string;
            /**
             * Format: int32
             * @description Permissions of the file, 0 to 0777 octal. Default: defaultMode of the volume.
             */
            mode?: number;
            /**
             * @description Path of the file in the volume; relative, without `..`.
             * @default
             */
            path: string;
        };
        /** @description Actions after a container started and before it stops. */
        "io.k8s.api.core.v1.Lifecycle": {
            /** @description Runs right after the start. When it fails, the container is killed and treated by its restart policy. */
            postStart?: components["schemas"]["io.k8s.api.core.v1.LifecycleHandler"];
            /** @description Runs before the container is stopped, within the grace period of the pod. Not run when the program ends by itself. */
            preStop?: components["schemas"]["io.k8s.api.core.v1.LifecycleHandler"];
            /** @description Signal that asks the program to stop. Needs spec.os.name. Default: that of the image, else SIGTERM. */
            stopSignal?: string;
        };
        /** @description One action; exactly one field is set. */
        "io.k8s.api.core.v1.LifecycleHandler": {
            /** @description Runs a command in the container. */
            exec?: components["schemas"]["io.k8s.api.core.v1.ExecAction"];
            /** @description Sends an HTTP GET request. */
            httpGet?: components["schemas"]["io.k8s.api.core.v1.HTTPGetAction"];
            /** @description Waits. */
            sleep?: components["schemas"]["io.k8s.api.core.v1.SleepAction"];
            /** @description Accepted for old manifests; it fails when it is run. */
            tcpSocket?: components["schemas"]["io.k8s.api.core.v1.TCPSocketAction"];
        };
        /** @description Bounds and defaults of resources for objects in a namespace. */
        "io.k8s.api.core.v1.LimitRange": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The limits.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.LimitRangeSpec"];
        };
        /** @description Limits for one type of object. */
        "io.k8s.api.core.v1.LimitRangeItem": {
            /** @description Limits of a container that states none, by resource. */
            default?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Requests of a container that states none, by resource. */
            defaultRequest?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Most that may be asked for, by resource. */
            max?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description How many times the request the limit may be, by resource. */
            maxLimitRequestRatio?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Least that must be asked for, by resource. */
            min?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /**
             * @description Container, Pod or PersistentVolumeClaim.
             * @default
             */
            type: string;
        };
        /** @description Bounds and defaults of requests and limits. */
        "io.k8s.api.core.v1.LimitRangeSpec": {
            /** @description Limits for each type of object. */
            limits: components["schemas"]["io.k8s.api.core.v1.LimitRangeItem"][];
        };
        /** @description User and groups of the first program of a container. */
        "io.k8s.api.core.v1.LinuxContainerUser": {
            /**
             * Format: int64
             * @description Primary group id.
             * @default 0
             */
            gid: number;
            /** @description Further group ids. */
            supplementalGroups?: number[];
            /**
             * Format: int64
             * @description User id.
             * @default 0
             */
            uid: number;
        };
        /** @description An address of a load balancer. */
        "io.k8s.api.core.v1.LoadBalancerIngress": {
            /** @description Host name, of balancers that go by name. */
            hostname?: string;
            /** @description Address, of balancers that go by address. */
            ip?: string;
            /** @description VIP: packets arrive with this address; Proxy: with that of a node or pod. Only with ip. */
            ipMode?: string;
            /** @description State of the ports. */
            ports?: components["schemas"]["io.k8s.api.core.v1.PortStatus"][];
        };
        /** @description State of a load balancer. */
        "io.k8s.api.core.v1.LoadBalancerStatus": {
            /** @description Addresses to send traffic to. */
            ingress?: components["schemas"]["io.k8s.api.core.v1.LoadBalancerIngress"][];
        };
        /** @description An object in the same namespace. */
        "io.k8s.api.core.v1.LocalObjectReference": {
            /**
             * @description Name of the object.
             * @default
             */
            name?: string;
        };
        /** @description A disk or folder of one node. */
        "io.k8s.api.core.v1.LocalVolumeSource": {
            /** @description File system to mount when the path is a block device. Unset: found out. */
            fsType?: string;
            /**
             * @description Absolute path on the node.
             * @default
             */
            path: string;
        };
        /** @description State of a change to another VolumeAttributesClass. */
        "io.k8s.api.core.v1.ModifyVolumeStatus": {
            /**
             * @description Pending, InProgress, or Infeasible when the driver refused.
             * @default
             */
            status: string;
            /** @description Name of the class that is being applied. */
            targetVolumeAttributesClassName?: string;
        };
        /** @description A folder that an NFS server exports. Its content outlives the pod. */
        "io.k8s.api.core.v1.NFSVolumeSource": {
            /**
             * @description Absolute path that the server exports.
             * @default
             */
            path: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /**
             * @description Host name or address of the server.
             * @default
             */
            server: string;
        };
        /** @description A room for names: most objects live in one. */
        "io.k8s.api.core.v1.Namespace": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Who must clean up before the namespace goes.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.NamespaceSpec"];
            /**
             * @description Seen state: active or going.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.NamespaceStatus"];
        };
        /** @description One aspect of the end of a namespace. */
        "io.k8s.api.core.v1.NamespaceCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect, such as NamespaceContentRemaining.
             * @default
             */
            type: string;
        };
        /** @description What a namespace should be like. */
        "io.k8s.api.core.v1.NamespaceSpec": {
            /** @description Who must still clean up before the namespace goes. The content of kubernetes is deleted first. */
            finalizers?: string[];
        };
        /** @description What was last seen of a namespace. */
        "io.k8s.api.core.v1.NamespaceStatus": {
            /** @description What holds up the end of the namespace. */
            conditions?: components["schemas"]["io.k8s.api.core.v1.NamespaceCondition"][];
            /** @description Active, or Terminating once it was deleted. */
            phase?: string;
        };
        /** @description A machine that runs pods. */
        "io.k8s.api.core.v1.Node": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: taints, addresses for pods, whether pods may be placed.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.NodeSpec"];
            /**
             * @description Seen state: resources, addresses, conditions, images.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.NodeStatus"];
        };
        /** @description An address of a node. */
        "io.k8s.api.core.v1.NodeAddress": {
            /**
             * @description The address or name.
             * @default
             */
            address: string;
            /**
             * @description Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.
             * @default
             */
            type: string;
        };
        /** @description Rules about the nodes that a pod may run on. */
        "io.k8s.api.core.v1.NodeAffinity": {
            /** @description Wishes. The node with the highest sum of weights is taken, if others are equal. */
            preferredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.PreferredSchedulingTerm"][];
            /** @description Must match when the pod is placed. Changes of labels later do not move the pod. */
            requiredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
        };
        /** @description Resources of the node, such as cpu, that a claim takes. */
        "io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus": {
            /** @description Containers that use the claim. */
            containers?: string[];
            /**
             * @description Name of the claim.
             * @default
             */
            resourceClaimName: string;
            /** @description Amounts that are taken, by resource. */
            resources: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description One aspect of the state of a node. */
        "io.k8s.api.core.v1.NodeCondition": {
            /** @description When the node last reported it. */
            lastHeartbeatTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable.
             * @default
             */
            type: string;
        };
        /** @description Where a node agent takes its settings from. No longer used. */
        "io.k8s.api.core.v1.NodeConfigSource": {
            /** @description A ConfigMap. */
            configMap?: components["schemas"]["io.k8s.api.core.v1.ConfigMapNodeConfigSource"];
        };
        /** @description State of the settings of a node agent. No longer used. */
        "io.k8s.api.core.v1.NodeConfigStatus": {
            /** @description Settings in force. */
            active?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
            /** @description Settings that are to come into force. */
            assigned?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
            /** @description Why the assigned settings are not in force. */
            error?: string;
            /** @description Settings to go back to. */
            lastKnownGood?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
        };
        /** @description Ports that programs on a node listen on. */
        "io.k8s.api.core.v1.NodeDaemonEndpoints": {
            /**
             * @description Port of the node agent.
             * @default {}
             */
            kubeletEndpoint?: components["schemas"]["io.k8s.api.core.v1.DaemonEndpoint"];
        };
        /** @description What a node can do. */
        "io.k8s.api.core.v1.NodeFeatures": {
            /** @description Whether supplementalGroupsPolicy of pods is honored. */
            supplementalGroupsPolicy?: boolean;
        };
        /** @description A way of running containers on a node. */
        "io.k8s.api.core.v1.NodeRuntimeHandler": {
            /** @description What the handler can do. */
            features?: components["schemas"]["io.k8s.api.core.v1.NodeRuntimeHandlerFeatures"];
            /**
             * @description Name of the handler; empty for the default one.
             * @default
             */
            name?: string;
        };
        /** @description What a runtime handler can do. */
        "io.k8s.api.core.v1.NodeRuntimeHandlerFeatures": {
            /** @description Whether mounts can be read-only all the way down. */
            recursiveReadOnlyMounts?: boolean;
            /** @description Whether pods can have user namespaces of their own. */
            userNamespaces?: boolean;
        };
        /** @description A choice of nodes: those that match at least one of the terms. */
        "io.k8s.api.core.v1.NodeSelector": {
            /** @description The terms; at least one. */
            nodeSelectorTerms: components["schemas"]["io.k8s.api.core.v1.NodeSelectorTerm"][];
        };
        /** @description One condition on a label or field of a node. */
        "io.k8s.api.core.v1.NodeSelectorRequirement": {
            /**
             * @description Label of the node, or name of a field.
             * @default
             */
            key: string;
            /**
             * @description In, NotIn, Exists, DoesNotExist, Gt or Lt. Gt and Lt compare whole numbers.
             * @default
             */
            operator: string;
            /** @description Values to compare with: one for Gt and Lt, none for Exists and DoesNotExist. */
            values?: string[];
        };
        /** @description Conditions on a node, all of which must hold. An empty term matches no node. */
        "io.k8s.api.core.v1.NodeSelectorTerm": {
            /** @description Conditions on labels. */
            matchExpressions?: components["schemas"]["io.k8s.api.core.v1.NodeSelectorRequirement"][];
            /** @description Conditions on fields; only metadata.name is known. */
            matchFields?: components["schemas"]["io.k8s.api.core.v1.NodeSelectorRequirement"][];
        };
        /** @description How a node may be used. */
        "io.k8s.api.core.v1.NodeSpec": {
            /** @description No longer used. */
            configSource?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
            /** @description No longer used. */
            externalID?: string;
            /** @description Range that addresses of pods on the node come from. */
            podCIDR?: string;
            /** @description Ranges of pod addresses, at most one of each family, the first as in podCIDR. */
            podCIDRs?: string[];
            /** @description Id of the machine at the provider, as provider://id. Can not change once set. */
            providerID?: string;
            /** @description Keep pods without a matching toleration off the node. */
            taints?: components["schemas"]["io.k8s.api.core.v1.Taint"][];
            /** @description true: no new pods are placed here, as kubectl cordon does. Default: false. */
            unschedulable?: boolean;
        };
        /** @description What was last seen of a node. */
        "io.k8s.api.core.v1.NodeStatus": {
            /** @description Addresses and names of the node. */
            addresses?: components["schemas"]["io.k8s.api.core.v1.NodeAddress"][];
            /** @description Resources that pods can have, by name. */
            allocatable?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Resources that the node has, by name. */
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Where the node stands. */
            conditions?: components["schemas"]["io.k8s.api.core.v1.NodeCondition"][];
            /** @description No longer used. */
            config?: components["schemas"]["io.k8s.api.core.v1.NodeConfigStatus"];
            /**
             * @description Ports that programs on the node listen on.
             * @default {}
             */
            daemonEndpoints?: components["schemas"]["io.k8s.api.core.v1.NodeDaemonEndpoints"];
            /** @description Names of features that the node declares, for the scheduler. */
            declaredFeatures?: string[];
            /** @description What the node can do. */
            features?: components["schemas"]["io.k8s.api.core.v1.NodeFeatures"];
            /** @description Images on the node, the largest ones first. */
            images?: components["schemas"]["io.k8s.api.core.v1.ContainerImage"][];
            /**
             * @description Versions and ids of the node.
             * @default {}
             */
            nodeInfo?: components["schemas"]["io.k8s.api.core.v1.NodeSystemInfo"];
            /** @description No longer used. */
            phase?: string;
            /** @description Ways of running containers that the node offers. */
            runtimeHandlers?: components["schemas"]["io.k8s.api.core.v1.NodeRuntimeHandler"][];
            /** @description Volumes attached to the node, and their devices. */
            volumesAttached?: components["schemas"]["io.k8s.api.core.v1.AttachedVolume"][];
            /** @description Volumes that are mounted on the node and must not be detached. */
            volumesInUse?: string[];
        };
        /** @description Swap space of a node. */
        "io.k8s.api.core.v1.NodeSwapStatus": {
            /**
             * Format: int64
             * @description Size in bytes.
             */
            capacity?: number;
        };
        /** @description Versions and ids of a node. */
        "io.k8s.api.core.v1.NodeSystemInfo": {
            /**
             * @description Architecture of the processor, such as amd64.
             * @default
             */
            architecture: string;
            /**
             * @description Id of the boot; changes with each.
             * @default
             */
            bootID: string;
            /**
             * @description Name and version of the container runtime, as name://version.
             * @default
             */
            containerRuntimeVersion: string;
            /**
             * @description Version of the kernel.
             * @default
             */
            kernelVersion: string;
            /**
             * @description No longer used.
             * @default
             */
            kubeProxyVersion: string;
            /**
             * @description Version of the node agent.
             * @default
             */
            kubeletVersion: string;
            /**
             * @description Id of the machine, that of /etc/machine-id.
             * @default
             */
            machineID: string;
            /**
             * @description linux or windows.
             * @default
             */
            operatingSystem: string;
            /**
             * @description Name of the operating system.
             * @default
             */
            osImage: string;
            /** @description Swap space. */
            swap?: components["schemas"]["io.k8s.api.core.v1.NodeSwapStatus"];
            /**
             * @description Id of the machine in its firmware.
             * @default
             */
            systemUUID: string;
        };
        /** @description A field of an object, as text. */
        "io.k8s.api.core.v1.ObjectFieldSelector": {
            /** @description Version in which the path is to be read. Default: v1. */
            apiVersion?: string;
            /**
             * @description Path of the field, such as metadata.labels['app'] or spec.nodeName.
             * @default
             */
            fieldPath: string;
        };
        /** @description An object, or a part of one. */
        "io.k8s.api.core.v1.ObjectReference": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Part of the object, such as spec.containers{name}; empty for the whole. */
            fieldPath?: string;
            /** @description Kind of the object. */
            kind?: string;
            /** @description Name of the object. */
            name?: string;
            /** @description Namespace of the object. */
            namespace?: string;
            /** @description Version of the object that is meant, if one is. */
            resourceVersion?: string;
            /** @description Unique id of the object. */
            uid?: string;
        };
        /** @description A piece of storage in the cluster. */
        "io.k8s.api.core.v1.PersistentVolume": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: size, access modes and where the storage is.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeSpec"];
            /**
             * @description Seen state: whether the volume is free, bound or released.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeStatus"];
        };
        /** @description A user's request for storage. */
        "io.k8s.api.core.v1.PersistentVolumeClaim": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: size, access modes and class of the storage.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimSpec"];
            /**
             * @description Seen state: whether a volume is bound, and its size.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimStatus"];
        };
        /** @description One aspect of the state of a claim. */
        "io.k8s.api.core.v1.PersistentVolumeClaimCondition": {
            /** @description When it was last checked. */
            lastProbeTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect, such as Resizing.
             * @default
             */
            type: string;
        };
        /** @description What a claim asks for. */
        "io.k8s.api.core.v1.PersistentVolumeClaimSpec": {
            /** @description How the volume must be mountable: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod. */
            accessModes?: string[];
            /** @description A snapshot or claim in the namespace that the volume is filled from. */
            dataSource?: components["schemas"]["io.k8s.api.core.v1.TypedLocalObjectReference"];
            /** @description What the volume is filled from: an object of any kind that a populator knows. Takes the value of dataSource. */
            dataSourceRef?: components["schemas"]["io.k8s.api.core.v1.TypedObjectReference"];
            /**
             * @description Wanted size. It can grow when the class allows it.
             * @default {}
             */
            resources?: components["schemas"]["io.k8s.api.core.v1.VolumeResourceRequirements"];
            /** @description Labels of the volumes that may be taken. No volume is made then. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Name of the StorageClass; empty for volumes without one. Unset: the default class. */
            storageClassName?: string;
            /** @description Name of a VolumeAttributesClass whose settings the volume gets. It may change. */
            volumeAttributesClassName?: string;
            /** @description Filesystem for a mounted folder, Block for a raw device. Default: Filesystem. */
            volumeMode?: string;
            /** @description Volume that the claim is bound to, or should be. */
            volumeName?: string;
        };
        /** @description What was last seen of a claim. */
        "io.k8s.api.core.v1.PersistentVolumeClaimStatus": {
            /** @description How the bound volume can be mounted. */
            accessModes?: string[];
            /** @description State of a resize, by resource, such as NodeResizePending. */
            allocatedResourceStatuses?: {
                [key: string]: string;
            };
            /** @description Size that is set aside; above capacity while the volume grows. */
            allocatedResources?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Size of the bound volume. */
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description What is going on, such as Resizing or FileSystemResizePending. */
            conditions?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimCondition"][];
            /** @description Name of the VolumeAttributesClass whose settings are in force. */
            currentVolumeAttributesClassName?: string;
            /** @description State of a change of settings; unset when there is none. */
            modifyVolumeStatus?: components["schemas"]["io.k8s.api.core.v1.ModifyVolumeStatus"];
            /** @description Pending, Bound, or Lost when the volume is gone. */
            phase?: string;
        };
        /** @description What a claim made for a pod looks like. */
        "io.k8s.api.core.v1.PersistentVolumeClaimTemplate": {
            /**
             * @description Labels and annotations of the claim.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state of the claim.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimSpec"];
        };
        /** @description A claim in the same namespace. Its content outlives the pod. */
        "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource": {
            /**
             * @description Name of a claim in the namespace of the pod.
             * @default
             */
            claimName: string;
            /** @description true: all mounts are read-only. Default: false. */
            readOnly?: boolean;
        };
        /** @description A piece of storage; exactly one source is set. */
        "io.k8s.api.core.v1.PersistentVolumeSpec": {
            /** @description How the volume can be mounted: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod. */
            accessModes?: string[];
            /** @description A disk of AWS. Deprecated: use csi. */
            awsElasticBlockStore?: components["schemas"]["io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource"];
            /** @description A disk of Azure. Deprecated: use csi. */
            azureDisk?: components["schemas"]["io.k8s.api.core.v1.AzureDiskVolumeSource"];
            /** @description A file share of Azure. Deprecated: use csi. */
            azureFile?: components["schemas"]["io.k8s.api.core.v1.AzureFilePersistentVolumeSource"];
            /** @description Size of the volume, under the key storage. */
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description A CephFS file system. Deprecated and no longer supported. */
            cephfs?: components["schemas"]["io.k8s.api.core.v1.CephFSPersistentVolumeSource"];
            /** @description A disk of OpenStack. Deprecated: use csi. */
            cinder?: components["schemas"]["io.k8s.api.core.v1.CinderPersistentVolumeSource"];
            /** @description The claim that the volume is bound to or kept for. */
            claimRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @description A volume of a CSI driver. */
            csi?: components["schemas"]["io.k8s.api.core.v1.CSIPersistentVolumeSource"];
            /** @description A Fibre Channel disk. */
            fc?: components["schemas"]["io.k8s.api.core.v1.FCVolumeSource"];
            /** @description A volume of a program on the node. Deprecated: use csi. */
            flexVolume?: components["schemas"]["io.k8s.api.core.v1.FlexPersistentVolumeSource"];
            /** @description A Flocker dataset. Deprecated and no longer supported. */
            flocker?: components["schemas"]["io.k8s.api.core.v1.FlockerVolumeSource"];
            /** @description A disk of Google Cloud. Deprecated: use csi. */
            gcePersistentDisk?: components["schemas"]["io.k8s.api.core.v1.GCEPersistentDiskVolumeSource"];
            /** @description A GlusterFS volume. Deprecated and no longer supported. */
            glusterfs?: components["schemas"]["io.k8s.api.core.v1.GlusterfsPersistentVolumeSource"];
            /** @description A folder of a node, for tests on one node only. */
            hostPath?: components["schemas"]["io.k8s.api.core.v1.HostPathVolumeSource"];
            /** @description An iSCSI disk. */
            iscsi?: components["schemas"]["io.k8s.api.core.v1.ISCSIPersistentVolumeSource"];
            /** @description A disk or folder of one node; needs nodeAffinity. */
            local?: components["schemas"]["io.k8s.api.core.v1.LocalVolumeSource"];
            /** @description Options for mounting, such as ro. A wrong one shows only when the mount fails. */
            mountOptions?: string[];
            /** @description A folder of an NFS server. */
            nfs?: components["schemas"]["io.k8s.api.core.v1.NFSVolumeSource"];
            /** @description Nodes from which the volume can be reached. Unset: all. */
            nodeAffinity?: components["schemas"]["io.k8s.api.core.v1.VolumeNodeAffinity"];
            /** @description When the claim goes: Retain keeps the volume, Delete removes it. Recycle is deprecated. Default: Retain. */
            persistentVolumeReclaimPolicy?: string;
            /** @description A disk of Photon. Deprecated and no longer supported. */
            photonPersistentDisk?: components["schemas"]["io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource"];
            /** @description A Portworx volume. Deprecated: use csi. */
            portworxVolume?: components["schemas"]["io.k8s.api.core.v1.PortworxVolumeSource"];
            /** @description A Quobyte volume. Deprecated and no longer supported. */
            quobyte?: components["schemas"]["io.k8s.api.core.v1.QuobyteVolumeSource"];
            /** @description A Ceph block device. Deprecated and no longer supported. */
            rbd?: components["schemas"]["io.k8s.api.core.v1.RBDPersistentVolumeSource"];
            /** @description A ScaleIO volume. Deprecated and no longer supported. */
            scaleIO?: components["schemas"]["io.k8s.api.core.v1.ScaleIOPersistentVolumeSource"];
            /** @description Name of the StorageClass it belongs to. Empty: none. */
            storageClassName?: string;
            /** @description A StorageOS volume. Deprecated and no longer supported. */
            storageos?: components["schemas"]["io.k8s.api.core.v1.StorageOSPersistentVolumeSource"];
            /** @description Name of the VolumeAttributesClass whose settings the volume has. */
            volumeAttributesClassName?: string;
            /** @description Filesystem for a mounted folder, Block for a raw device. Default: Filesystem. */
            volumeMode?: string;
            /** @description A disk of vSphere. Deprecated: use csi. */
            vsphereVolume?: components["schemas"]["io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource"];
        };
        /** @description What was last seen of a volume. */
        "io.k8s.api.core.v1.PersistentVolumeStatus": {
            /** @description When the phase last changed. */
            lastPhaseTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why the volume is in this phase, for people. */
            message?: string;
            /** @description Available, Bound, Released, Failed or Pending. */
            phase?: string;
            /** @description Why the volume failed, in one word. */
            reason?: string;
        };
        /** @description A disk of Photon. */
        "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /**
             * @description Id of the disk.
             * @default
             */
            pdID: string;
        };
        /** @description Containers that run together on one node and share its network and volumes. */
        "io.k8s.api.core.v1.Pod": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: containers, volumes and where to run. Little of it can change later.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.PodSpec"];
            /**
             * @description Seen state, written by the node. Clients only read it.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.PodStatus"];
        };
        /** @description Pods that should, or must, be in the same domain. */
        "io.k8s.api.core.v1.PodAffinity": {
            /** @description Wishes. The node with the highest sum of weights is taken, if others are equal. */
            preferredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.WeightedPodAffinityTerm"][];
            /** @description All must hold when the pod is placed. Changes later do not move the pod. */
            requiredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.PodAffinityTerm"][];
        };
        /** @description A set of pods, and the domain in which a pod is to be near them or apart from them. */
        "io.k8s.api.core.v1.PodAffinityTerm": {
            /** @description Labels of the pods; unset matches none. */
            labelSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Labels whose values are taken from the new pod and must be equal. Needs labelSelector. */
            matchLabelKeys?: string[];
            /** @description Labels whose values are taken from the new pod and must differ. Needs labelSelector. */
            mismatchLabelKeys?: string[];
            /** @description Namespaces of the pods by label, besides namespaces. Empty: all namespaces. */
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Namespaces of the pods. Unset, without namespaceSelector: that of the new pod. */
            namespaces?: string[];
            /**
             * @description Label of nodes. Nodes with the same value of it are one domain.
             * @default
             */
            topologyKey: string;
        };
        /** @description Pods that should not, or must not, be in the same domain. */
        "io.k8s.api.core.v1.PodAntiAffinity": {
            /** @description Wishes. The node with the lowest sum of weights is taken, if others are equal. */
            preferredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.WeightedPodAffinityTerm"][];
            /** @description All must hold when the pod is placed. Changes later do not move the pod. */
            requiredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.PodAffinityTerm"][];
        };
        /** @description A key and a certificate for the pod as files, renewed in time. */
        "io.k8s.api.core.v1.PodCertificateProjection": {
            /** @description File for the certificate chain alone. */
            certificateChainPath?: string;
            /** @description File for both: the key first, the certificate chain after it. */
            credentialBundlePath?: string;
            /** @description File for the key alone. */
            keyPath?: string;
            /** @description Type of the key, such as ED25519, ECDSAP256 or RSA3072. */
            keyType: string;
            /**
             * Format: int32
             * @description Longest lifetime of a certificate in seconds, 3600 to 7862400. Default: 86400.
             */
            maxExpirationSeconds?: number;
            /** @description Signer that issues the certificate. */
            signerName: string;
            /** @description Further facts that are handed to the signer. */
            userAnnotations?: {
                [key: string]: string;
            };
        };
        /** @description One aspect of the state of a pod. */
        "io.k8s.api.core.v1.PodCondition": {
            /** @description When it was last checked. */
            lastProbeTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /**
             * Format: int64
             * @description metadata.generation that this condition is about.
             */
            observedGeneration?: number;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect, such as Ready.
             * @default
             */
            type: string;
        };
        /** @description Resolver settings of a pod, merged into those that dnsPolicy makes. */
        "io.k8s.api.core.v1.PodDNSConfig": {
            /** @description Addresses of DNS servers, added after those of dnsPolicy. Duplicates are dropped. */
            nameservers?: string[];
            /** @description Resolver options; one of the same name replaces that of dnsPolicy. */
            options?: components["schemas"]["io.k8s.api.core.v1.PodDNSConfigOption"][];
            /** @description Search domains, added after those of dnsPolicy. Duplicates are dropped. */
            searches?: string[];
        };
        /** @description One option of the resolver. */
        "io.k8s.api.core.v1.PodDNSConfigOption": {
            /** @description Name of the option, such as ndots. */
            name?: string;
            /** @description Value of the option, for those that take one. */
            value?: string;
        };
        /** @description The claim made for extended resources of a pod. */
        "io.k8s.api.core.v1.PodExtendedResourceClaimStatus": {
            /** @description Which request of the claim serves which resource of which container. */
            requestMappings: components["schemas"]["io.k8s.api.core.v1.ContainerExtendedResourceRequest"][];
            /**
             * @description Name of the claim.
             * @default
             */
            resourceClaimName: string;
        };
        /** @description One address of a pod. */
        "io.k8s.api.core.v1.PodIP": {
            /**
             * @description The address.
             * @default
             */
            ip: string;
        };
        /** @description The operating system that the containers are made for. */
        "io.k8s.api.core.v1.PodOS": {
            /**
             * @description linux or windows. Fields of the other system must stay unset.
             * @default
             */
            name: string;
        };
        /** @description A pod condition that counts for readiness. */
        "io.k8s.api.core.v1.PodReadinessGate": {
            /**
             * @description Type of a condition in status.conditions that must be True before the pod is ready.
             * @default
             */
            conditionType: string;
        };
        /** @description A claim for devices, by name or made from a template; exactly one of the two is set. */
        "io.k8s.api.core.v1.PodResourceClaim": {
            /**
             * @description Name by which the containers speak of the claim; a DNS label.
             * @default
             */
            name: string;
            /** @description Name of a ResourceClaim in the namespace of the pod. Pods may share it. */
            resourceClaimName?: string;
            /** @description Name of a ResourceClaimTemplate: a claim is made for this pod, and goes with it. */
            resourceClaimTemplateName?: string;
        };
        /** @description The claim that belongs to one entry of spec.resourceClaims. */
        "io.k8s.api.core.v1.PodResourceClaimStatus": {
            /**
             * @description Name of the entry.
             * @default
             */
            name: string;
            /** @description Name of the claim that was made; unset when none was needed. */
            resourceClaimName?: string;
        };
        /** @description Something that holds a pod back from the scheduler. */
        "io.k8s.api.core.v1.PodSchedulingGate": {
            /**
             * @description Name of the gate, unique in the pod. Whoever set it removes it.
             * @default
             */
            name: string;
        };
        /** @description Which group a pod is scheduled with. */
        "io.k8s.api.core.v1.PodSchedulingGroup": {
            /** @description Name of a PodGroup in the namespace of the pod. Can not change. */
            podGroupName?: string;
        };
        /** @description Identity and rights of all containers of a pod. A container can say otherwise for itself. */
        "io.k8s.api.core.v1.PodSecurityContext": {
            /** @description AppArmor profile of the containers. Not on Windows. */
            appArmorProfile?: components["schemas"]["io.k8s.api.core.v1.AppArmorProfile"];
            /**
             * Format: int64
             * @description Group that owns the volumes which can be given away; all containers belong to it. Not on Windows.
             */
            fsGroup?: number;
            /** @description When to change the owner of files: Always, or OnRootMismatch, only when the top folder differs. Default: Always. */
            fsGroupChangePolicy?: string;
            /**
             * Format: int64
             * @description Group id of the programs. Default: that of the image. Not on Windows.
             */
            runAsGroup?: number;
            /** @description true: a container that would run as root does not start. Default: false. */
            runAsNonRoot?: boolean;
            /**
             * Format: int64
             * @description User id of the programs. Default: that of the image. Not on Windows.
             */
            runAsUser?: number;
            /** @description How volumes get their SELinux label: MountOption at mount, or Recursive file by file. Default: MountOption. */
            seLinuxChangePolicy?: string;
            /** @description SELinux label of the containers. Default: one that the runtime picks. Not on Windows. */
            seLinuxOptions?: components["schemas"]["io.k8s.api.core.v1.SELinuxOptions"];
            /** @description Filter of system calls. Not on Windows. */
            seccompProfile?: components["schemas"]["io.k8s.api.core.v1.SeccompProfile"];
            /** @description More groups of the programs, besides runAsGroup and fsGroup. Not on Windows. */
            supplementalGroups?: number[];
            /** @description Merge adds the groups that the image knows of the user, Strict does not. Default: Merge. */
            supplementalGroupsPolicy?: string;
            /** @description Kernel parameters of the namespaces of the pod. The node must allow them. */
            sysctls?: components["schemas"]["io.k8s.api.core.v1.Sysctl"][];
            /** @description Identity on Windows nodes. Not on Linux. */
            windowsOptions?: components["schemas"]["io.k8s.api.core.v1.WindowsSecurityContextOptions"];
        };
        /** @description What runs in a pod, and how. */
        "io.k8s.api.core.v1.PodSpec": {
            /**
             * Format: int64
             * @description Longest run on the node in seconds; then the pod has failed. Unset: no limit.
             */
            activeDeadlineSeconds?: number;
            /** @description Where the pod should and must not run, beyond nodeSelector. */
            affinity?: components["schemas"]["io.k8s.api.core.v1.Affinity"];
            /** @description Whether a token of the service account is mounted. Unset: as the account says, else true. */
            automountServiceAccountToken?: boolean;
            /** @description The programs of the pod; at least one. None can be added or removed later. */
            containers: components["schemas"]["io.k8s.api.core.v1.Container"][];
            /** @description DNS settings, merged into those that dnsPolicy makes. */
            dnsConfig?: components["schemas"]["io.k8s.api.core.v1.PodDNSConfig"];
            /** @description ClusterFirst, ClusterFirstWithHostNet, Default (that of the node) or None. Default: ClusterFirst. */
            dnsPolicy?: string;
            /** @description Whether environment variables describe the Services of the namespace. Default: true. */
            enableServiceLinks?: boolean;
            /** @description Containers added to a running pod to look into it. Only through the subresource of this name. */
            ephemeralContainers?: components["schemas"]["io.k8s.api.core.v1.EphemeralContainer"][];
            /** @description Lines added to /etc/hosts. Not with hostNetwork. */
            hostAliases?: components["schemas"]["io.k8s.api.core.v1.HostAlias"][];
            /** @description Whether to use the IPC namespace of the node. Default: false. */
            hostIPC?: boolean;
            /** @description Whether to use the network of the node. Default: false. */
            hostNetwork?: boolean;
            /** @description Whether to use the process namespace of the node. Default: false. */
            hostPID?: boolean;
            /** @description false gives the pod a user namespace of its own, so that root inside is nobody on the node. Default: true. */
            hostUsers?: boolean;
            /** @description Host name in the pod; a DNS label. Default: the name of the pod. */
            hostname?: string;
            /** @description Host name inside the pod, in place of hostname and subdomain. Not with hostNetwork or setHostnameAsFQDN. */
            hostnameOverride?: string;
            /** @description Secrets of the namespace with credentials for pulling images. */
            imagePullSecrets?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"][];
            /** @description Containers that run to success one after the other before the others start. Those with restartPolicy Always go on running beside them. */
            initContainers?: components["schemas"]["io.k8s.api.core.v1.Container"][];
            /** @description Node of the pod. Set by the scheduler; who sets it passes the scheduler by. */
            nodeName?: string;
            /** @description Labels that the node must have. */
            nodeSelector?: {
                [key: string]: string;
            };
            /** @description Operating system of the containers. */
            os?: components["schemas"]["io.k8s.api.core.v1.PodOS"];
            /** @description Resources that running the pod costs by itself. Set from the RuntimeClass. */
            overhead?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description PreemptLowerPriority displaces less important pods, Never waits. Default: PreemptLowerPriority. */
            preemptionPolicy?: string;
            /**
             * Format: int32
             * @description Priority; higher goes first. Set from the PriorityClass.
             */
            priority?: number;
            /** @description Name of a PriorityClass. Unset: the default class, else priority 0. */
            priorityClassName?: string;
            /** @description Conditions that must be True too before the pod is ready. */
            readinessGates?: components["schemas"]["io.k8s.api.core.v1.PodReadinessGate"][];
            /** @description Claims for devices that must be allocated before the pod starts. Containers pick from them in resources.claims. */
            resourceClaims?: components["schemas"]["io.k8s.api.core.v1.PodResourceClaim"][];
            /** @description Requests and limits of the pod as a whole, for cpu, memory and huge pages. */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /** @description When ended containers are restarted: Always, OnFailure or Never. Default: Always. */
            restartPolicy?: string;
            /** @description Name of a RuntimeClass. Unset: the default runtime. */
            runtimeClassName?: string;
            /** @description Scheduler that places the pod. Default: default-scheduler. */
            schedulerName?: string;
            /** @description Hold the pod back from the scheduler until all are gone. Only set on creation. */
            schedulingGates?: components["schemas"]["io.k8s.api.core.v1.PodSchedulingGate"][];
            /** @description Group of pods that are scheduled together; unset: the pod is scheduled alone. */
            schedulingGroup?: components["schemas"]["io.k8s.api.core.v1.PodSchedulingGroup"];
            /** @description Identity and rights of all containers. A container can say otherwise for itself. */
            securityContext?: components["schemas"]["io.k8s.api.core.v1.PodSecurityContext"];
            /** @description Old name of serviceAccountName; deprecated. */
            serviceAccount?: string;
            /** @description ServiceAccount that the pod acts as towards the API. Default: default. */
            serviceAccountName?: string;
            /** @description Whether the host name is the full domain name. Default: false. */
            setHostnameAsFQDN?: boolean;
            /** @description Whether the containers see the processes of each other. Not with hostPID. Default: false. */
            shareProcessNamespace?: boolean;
            /** @description The full domain name is then HOSTNAME.SUBDOMAIN.NAMESPACE.svc.DOMAIN. Unset: there is none. */
            subdomain?: string;
            /**
             * Format: int64
             * @description Seconds between asking the containers to stop and killing them; 0 kills at once. Default: 30.
             */
            terminationGracePeriodSeconds?: number;
            /** @description Taints of nodes that the pod accepts. */
            tolerations?: components["schemas"]["io.k8s.api.core.v1.Toleration"][];
            /** @description How evenly pods are spread over zones, nodes or other domains. All must hold. */
            topologySpreadConstraints?: components["schemas"]["io.k8s.api.core.v1.TopologySpreadConstraint"][];
            /** @description Storage that containers can mount. */
            volumes?: components["schemas"]["io.k8s.api.core.v1.Volume"][];
        };
        /** @description What was last seen of a pod. */
        "io.k8s.api.core.v1.PodStatus": {
            /** @description Resources that the node has set aside for the pod as a whole. */
            allocatedResources?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Where the pod stands: PodScheduled, Initialized, ContainersReady, Ready and others. */
            conditions?: components["schemas"]["io.k8s.api.core.v1.PodCondition"][];
            /** @description State of each container. */
            containerStatuses?: components["schemas"]["io.k8s.api.core.v1.ContainerStatus"][];
            /** @description State of each ephemeral container. */
            ephemeralContainerStatuses?: components["schemas"]["io.k8s.api.core.v1.ContainerStatus"][];
            /** @description The claim that was made for extended resources which devices back. */
            extendedResourceClaimStatus?: components["schemas"]["io.k8s.api.core.v1.PodExtendedResourceClaimStatus"];
            /** @description Address of the node. */
            hostIP?: string;
            /** @description All addresses of the node, the first as in hostIP. */
            hostIPs?: components["schemas"]["io.k8s.api.core.v1.HostIP"][];
            /** @description State of each init container. */
            initContainerStatuses?: components["schemas"]["io.k8s.api.core.v1.ContainerStatus"][];
            /** @description Why the pod is in this state, for people. */
            message?: string;
            /** @description Resources of the node that are taken by claims of the pod. */
            nodeAllocatableResourceClaimStatuses?: components["schemas"]["io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus"][];
            /** @description Node where pods are being displaced for this one. It may still go elsewhere. */
            nominatedNodeName?: string;
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /** @description Pending, Running, Succeeded, Failed or Unknown: a summary of the life of the pod. */
            phase?: string;
            /** @description Address of the pod; empty until it has one. */
            podIP?: string;
            /** @description All addresses of the pod, at most one of each family, the first as in podIP. */
            podIPs?: components["schemas"]["io.k8s.api.core.v1.PodIP"][];
            /** @description Guaranteed, Burstable or BestEffort: derived from requests and limits, decides who is evicted first. */
            qosClass?: string;
            /** @description Why the pod is in this state, in one word, such as Evicted. */
            reason?: string;
            /** @description State of a resize: Proposed, InProgress, Deferred or Infeasible. Conditions replace it. */
            resize?: string;
            /** @description The claims that were made for spec.resourceClaims. */
            resourceClaimStatuses?: components["schemas"]["io.k8s.api.core.v1.PodResourceClaimStatus"][];
            /** @description Requests and limits of the pod as a whole that are in force. */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /** @description When the node took up the pod, before it pulled images. */
            startTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description A template of pods, stored by itself. */
        "io.k8s.api.core.v1.PodTemplate": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What the pods look like.
             * @default {}
             */
            template?: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        /** @description What the pods that a workload makes look like. */
        "io.k8s.api.core.v1.PodTemplateSpec": {
            /**
             * @description Labels, annotations and finalizers that the pods get.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state of the pods.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.PodSpec"];
        };
        /** @description State of a port of a load balancer. */
        "io.k8s.api.core.v1.PortStatus": {
            /** @description What is wrong with the port, as one word or domain/word. Unset: nothing. */
            error?: string;
            /**
             * Format: int32
             * @description Port number.
             * @default 0
             */
            port: number;
            /**
             * @description TCP, UDP or SCTP.
             * @default
             */
            protocol: string;
        };
        /** @description A Portworx volume. */
        "io.k8s.api.core.v1.PortworxVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /**
             * @description Id of the volume.
             * @default
             */
            volumeID: string;
        };
        /** @description A wish for certain nodes. An empty term matches all nodes and says nothing. */
        "io.k8s.api.core.v1.PreferredSchedulingTerm": {
            /**
             * @description Conditions on the node.
             * @default {}
             */
            preference: components["schemas"]["io.k8s.api.core.v1.NodeSelectorTerm"];
            /**
             * Format: int32
             * @description How much the wish counts, 1 to 100.
             * @default 0
             */
            weight: number;
        };
        /** @description A check of a container, made again and again. */
        "io.k8s.api.core.v1.Probe": {
            /** @description Runs a command in the container. Exit code 0 is success. */
            exec?: components["schemas"]["io.k8s.api.core.v1.ExecAction"];
            /**
             * Format: int32
             * @description Failures in a row after which the probe has failed. Default: 3.
             */
            failureThreshold?: number;
            /** @description Calls the gRPC health service. SERVING is success. */
            grpc?: components["schemas"]["io.k8s.api.core.v1.GRPCAction"];
            /** @description Sends an HTTP GET request. Status 200 to 399 is success. */
            httpGet?: components["schemas"]["io.k8s.api.core.v1.HTTPGetAction"];
            /**
             * Format: int32
             * @description Seconds between the start of the container and the first check. Default: 0.
             */
            initialDelaySeconds?: number;
            /**
             * Format: int32
             * @description Seconds between checks. Default: 10.
             */
            periodSeconds?: number;
            /**
             * Format: int32
             * @description Successes in a row after which the probe succeeds; 1 for liveness and startup. Default: 1.
             */
            successThreshold?: number;
            /** @description Opens a TCP connection. An open port is success. */
            tcpSocket?: components["schemas"]["io.k8s.api.core.v1.TCPSocketAction"];
            /**
             * Format: int64
             * @description Grace period when this probe ends the container. Unset: that of the pod.
             */
            terminationGracePeriodSeconds?: number;
            /**
             * Format: int32
             * @description Seconds after which a check has failed. Default: 1.
             */
            timeoutSeconds?: number;
        };
        /** @description Files of Secrets, ConfigMaps, the pod and tokens, side by side. */
        "io.k8s.api.core.v1.ProjectedVolumeSource": {
            /**
             * Format: int32
             * @description Permissions of the files, 0 to 0777 octal. Default: 0644.
             */
            defaultMode?: number;
            /** @description The sources. No two may write the same file. */
            sources?: components["schemas"]["io.k8s.api.core.v1.VolumeProjection"][];
        };
        /** @description A Quobyte volume. */
        "io.k8s.api.core.v1.QuobyteVolumeSource": {
            /** @description Group that opens the volume. Default: none. */
            group?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /**
             * @description Addresses of the registries, host:port with commas between.
             * @default
             */
            registry: string;
            /** @description Tenant that owns the volume. */
            tenant?: string;
            /** @description User that opens the volume. Default: the owner. */
            user?: string;
            /**
             * @description Name of the volume.
             * @default
             */
            volume: string;
        };
        /** @description A Ceph block device. */
        "io.k8s.api.core.v1.RBDPersistentVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /**
             * @description Name of the image in the pool.
             * @default
             */
            image: string;
            /**
             * @description File on the node with the key of the user. Default: /etc/ceph/keyring.
             * @default /etc/ceph/keyring
             */
            keyring?: string;
            /** @description Addresses of the Ceph monitors. */
            monitors: string[];
            /**
             * @description Name of the pool. Default: rbd.
             * @default rbd
             */
            pool?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the key of the user; wins over keyring. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /**
             * @description Name of the Ceph user. Default: admin.
             * @default admin
             */
            user?: string;
        };
        /** @description A Ceph block device. */
        "io.k8s.api.core.v1.RBDVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /**
             * @description Name of the image in the pool.
             * @default
             */
            image: string;
            /**
             * @description File on the node with the key of the user. Default: /etc/ceph/keyring.
             * @default /etc/ceph/keyring
             */
            keyring?: string;
            /** @description Addresses of the Ceph monitors. */
            monitors: string[];
            /**
             * @description Name of the pool. Default: rbd.
             * @default rbd
             */
            pool?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the key of the user; wins over keyring. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /**
             * @description Name of the Ceph user. Default: admin.
             * @default admin
             */
            user?: string;
        };
        /** @description Keeps a number of pods running, the old way; see Deployment. */
        "io.k8s.api.core.v1.ReplicationController": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: replicas, selector and pod template.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.ReplicationControllerSpec"];
            /**
             * @description Seen state: how many pods are there and ready.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.ReplicationControllerStatus"];
        };
        /** @description One aspect of the state of a ReplicationController. */
        "io.k8s.api.core.v1.ReplicationControllerCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect, such as ReplicaFailure.
             * @default
             */
            type: string;
        };
        /** @description What a ReplicationController should bring about. */
        "io.k8s.api.core.v1.ReplicationControllerSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available. Default: 0.
             * @default 0
             */
            minReadySeconds?: number;
            /**
             * Format: int32
             * @description Wanted number of pods. Default: 1.
             * @default 1
             */
            replicas?: number;
            /** @description Labels of the pods. Default: the labels of the template. */
            selector?: {
                [key: string]: string;
            };
            /** @description What the pods look like. */
            template?: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        /** @description What was last seen of a ReplicationController. */
        "io.k8s.api.core.v1.ReplicationControllerStatus": {
            /**
             * Format: int32
             * @description Pods that have been ready for minReadySeconds.
             */
            availableReplicas?: number;
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.core.v1.ReplicationControllerCondition"][];
            /**
             * Format: int32
             * @description Pods that have all labels of the template.
             */
            fullyLabeledReplicas?: number;
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * Format: int32
             * @description Pods that are ready.
             */
            readyReplicas?: number;
            /**
             * Format: int32
             * @description Pods that exist.
             * @default 0
             */
            replicas: number;
        };
        /** @description A claim of the pod that a container uses. */
        "io.k8s.api.core.v1.ResourceClaim": {
            /**
             * @description Name of an entry in spec.resourceClaims of the pod.
             * @default
             */
            name: string;
            /** @description One request in the claim; unset: all of its devices. */
            request?: string;
        };
        /** @description A limit or request of a container, as a number. */
        "io.k8s.api.core.v1.ResourceFieldSelector": {
            /** @description Container it is read from. Needed in volumes; in variables the default is the container itself. */
            containerName?: string;
            /** @description The number is divided by this and rounded up, e.g. 1m or 1Mi. Default: 1. */
            divisor?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /**
             * @description What is read, such as limits.cpu or requests.memory.
             * @default
             */
            resource: string;
        };
        /** @description Health of one unit of a resource. */
        "io.k8s.api.core.v1.ResourceHealth": {
            /** @description Healthy, Unhealthy or Unknown. */
            health?: string;
            /** @description Why, for people. */
            message?: string;
            /**
             * @description Id of the unit, unique on the node.
             * @default
             */
            resourceID: string;
        };
        /** @description The most that a namespace may use. */
        "io.k8s.api.core.v1.ResourceQuota": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted limits.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.ResourceQuotaSpec"];
            /**
             * @description Limits in force, and what is used.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.ResourceQuotaStatus"];
        };
        /** @description Limits on what a namespace may use in all. */
        "io.k8s.api.core.v1.ResourceQuotaSpec": {
            /** @description Limit of each resource, such as requests.cpu or count/jobs.batch. */
            hard?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Which objects count, by scope and value. All conditions must hold. */
            scopeSelector?: components["schemas"]["io.k8s.api.core.v1.ScopeSelector"];
            /** @description Which objects count: those that match every scope. Unset: all. */
            scopes?: string[];
        };
        /** @description Limits and use, as last counted. */
        "io.k8s.api.core.v1.ResourceQuotaStatus": {
            /** @description Limit of each resource that is in force. */
            hard?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description What is used of each resource. */
            used?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description Compute resources that a container needs and may use. */
        "io.k8s.api.core.v1.ResourceRequirements": {
            /** @description Claims of the pod that the container uses. */
            claims?: components["schemas"]["io.k8s.api.core.v1.ResourceClaim"][];
            /** @description Most that may be used, by resource: cpu is throttled, too much memory ends the container. */
            limits?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description What is reserved on the node, by resource. Default: limits. */
            requests?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description Health of one kind of resource given to a container. */
        "io.k8s.api.core.v1.ResourceStatus": {
            /**
             * @description Name of the resource; claim:NAME/REQUEST for devices of a claim.
             * @default
             */
            name: string;
            /** @description Health of each unit. */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceHealth"][];
        };
        /** @description An SELinux label. Parts left unset come from the runtime. */
        "io.k8s.api.core.v1.SELinuxOptions": {
            /** @description Level part of the label. */
            level?: string;
            /** @description Role part of the label. */
            role?: string;
            /** @description Type part of the label. */
            type?: string;
            /** @description User part of the label. */
            user?: string;
        };
        /** @description A ScaleIO volume. */
        "io.k8s.api.core.v1.ScaleIOPersistentVolumeSource": {
            /**
             * @description File system to mount. Default: xfs.
             * @default xfs
             */
            fsType?: string;
            /**
             * @description Address of the ScaleIO gateway.
             * @default
             */
            gateway: string;
            /** @description Name of the protection domain. */
            protectionDomain?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the credentials of the system. */
            secretRef: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @description Whether to speak TLS with the gateway. Default: false. */
            sslEnabled?: boolean;
            /**
             * @description ThickProvisioned or ThinProvisioned. Default: ThinProvisioned.
             * @default ThinProvisioned
             */
            storageMode?: string;
            /** @description Pool of the protection domain. */
            storagePool?: string;
            /**
             * @description Name of the storage system.
             * @default
             */
            system: string;
            /** @description Name of a volume that is there already. */
            volumeName?: string;
        };
        /** @description A ScaleIO volume. */
        "io.k8s.api.core.v1.ScaleIOVolumeSource": {
            /**
             * @description File system to mount. Default: xfs.
             * @default xfs
             */
            fsType?: string;
            /**
             * @description Address of the ScaleIO gateway.
             * @default
             */
            gateway: string;
            /** @description Name of the protection domain. */
            protectionDomain?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the credentials of the system. */
            secretRef: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @description Whether to speak TLS with the gateway. Default: false. */
            sslEnabled?: boolean;
            /**
             * @description ThickProvisioned or ThinProvisioned. Default: ThinProvisioned.
             * @default ThinProvisioned
             */
            storageMode?: string;
            /** @description Pool of the protection domain. */
            storagePool?: string;
            /**
             * @description Name of the storage system.
             * @default
             */
            system: string;
            /** @description Name of a volume that is there already. */
            volumeName?: string;
        };
        /** @description A choice of objects by scope. */
        "io.k8s.api.core.v1.ScopeSelector": {
            /** @description Conditions, all of which must hold. */
            matchExpressions?: components["schemas"]["io.k8s.api.core.v1.ScopedResourceSelectorRequirement"][];
        };
        /** @description One condition on a scope. */
        "io.k8s.api.core.v1.ScopedResourceSelectorRequirement": {
            /**
             * @description In, NotIn, Exists or DoesNotExist. Only PriorityClass and VolumeAttributesClass know In and NotIn.
             * @default
             */
            operator: string;
            /**
             * @description Name of the scope.
             * @default
             */
            scopeName: string;
            /** @description Values to compare with; none for Exists and DoesNotExist. */
            values?: string[];
        };
        /** @description The filter of system calls. */
        "io.k8s.api.core.v1.SeccompProfile": {
            /** @description File of the profile, relative to the folder of profiles on the node. Only and always with type Localhost. */
            localhostProfile?: string;
            /**
             * @description RuntimeDefault, Localhost for a file on the node, or Unconfined for no filter.
             * @default
             */
            type: string;
        };
        /** @description Confidential data as keys and values, for pods to read. */
        "io.k8s.api.core.v1.Secret": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Values, base64. At most 1 MiB in all. */
            data?: {
                [key: string]: string;
            };
            /** @description When true, the data can never change again. Default: false. */
            immutable?: boolean;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Values as text, merged into data on write; never read back. */
            stringData?: {
                [key: string]: string;
            };
            /** @description Kind of content; some types require certain keys. Can not change. Default: Opaque. */
            type?: string;
        };
        /** @description A Secret whose keys become variables. */
        "io.k8s.api.core.v1.SecretEnvSource": {
            /**
             * @description Name of a Secret in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the Secret may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description One key of a Secret. */
        "io.k8s.api.core.v1.SecretKeySelector": {
            /**
             * @description Key in the Secret; its value is used.
             * @default
             */
            key: string;
            /**
             * @description Name of a Secret in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the Secret or the key may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description Keys of a Secret as files in a projected volume. */
        "io.k8s.api.core.v1.SecretProjection": {
            /** @description Keys to take, and their files. Unset: all, each under its own name. */
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /**
             * @description Name of a Secret in the namespace of the pod.
             * @default
             */
            name?: string;
            /** @description true: the Secret or its keys may be missing. Default: false. */
            optional?: boolean;
        };
        /** @description A Secret in any namespace. */
        "io.k8s.api.core.v1.SecretReference": {
            /** @description Name of the Secret. */
            name?: string;
            /** @description Namespace of the Secret. */
            namespace?: string;
        };
        /** @description Each key is a file in RAM. Changes of the Secret reach the files after a while. */
        "io.k8s.api.core.v1.SecretVolumeSource": {
            /**
             * Format: int32
             * @description Permissions of the files, 0 to 0777 octal. Default: 0644.
             */
            defaultMode?: number;
            /** @description Keys to take, and their files. Unset: all, each under its own name. */
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /** @description true: the Secret or its keys may be missing. Default: false. */
            optional?: boolean;
            /** @description Name of a Secret in the namespace of the pod. */
            secretName?: string;
        };
        /** @description Identity and rights of one container. What is set here wins over the pod. */
        "io.k8s.api.core.v1.SecurityContext": {
            /** @description Whether a program may gain more rights than its parent, through setuid for one. Default: true. */
            allowPrivilegeEscalation?: boolean;
            /** @description AppArmor profile of this container. Not on Windows. */
            appArmorProfile?: components["schemas"]["io.k8s.api.core.v1.AppArmorProfile"];
            /** @description Linux capabilities to add and to drop. Not on Windows. */
            capabilities?: components["schemas"]["io.k8s.api.core.v1.Capabilities"];
            /** @description true gives almost all rights of root on the node. Default: false. Not on Windows. */
            privileged?: boolean;
            /** @description How /proc is mounted: Default hides and protects parts of it, Unmasked does not. Default: Default. */
            procMount?: string;
            /** @description true: the file system of the image can not be written. Default: false. */
            readOnlyRootFilesystem?: boolean;
            /**
             * Format: int64
             * @description Group id of the program. Not on Windows.
             */
            runAsGroup?: number;
            /** @description true: the container does not start when it would run as root. */
            runAsNonRoot?: boolean;
            /**
             * Format: int64
             * @description User id of the program. Not on Windows.
             */
            runAsUser?: number;
            /** @description SELinux label of this container. Not on Windows. */
            seLinuxOptions?: components["schemas"]["io.k8s.api.core.v1.SELinuxOptions"];
            /** @description Filter of system calls. Not on Windows. */
            seccompProfile?: components["schemas"]["io.k8s.api.core.v1.SeccompProfile"];
            /** @description Identity on Windows nodes. Not on Linux. */
            windowsOptions?: components["schemas"]["io.k8s.api.core.v1.WindowsSecurityContextOptions"];
        };
        /** @description A stable name and address in front of a set of pods. */
        "io.k8s.api.core.v1.Service": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: pods, ports, type and addresses.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.core.v1.ServiceSpec"];
            /**
             * @description Seen state: addresses of the load balancer.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.core.v1.ServiceStatus"];
        };
        /** @description An identity for processes in pods. */
        "io.k8s.api.core.v1.ServiceAccount": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Whether pods get a token by default. A pod can say otherwise. Default: true. */
            automountServiceAccountToken?: boolean;
            /** @description Secrets for pulling images, given to pods that name none. */
            imagePullSecrets?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"][];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Secrets that pods of this account may use. Enforced only by an old annotation; deprecated. */
            secrets?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"][];
        };
        /** @description A token of the service account of the pod as a file, renewed in time. */
        "io.k8s.api.core.v1.ServiceAccountTokenProjection": {
            /** @description Who is to accept the token. Default: the API server. */
            audience?: string;
            /**
             * Format: int64
             * @description Lifetime of a token in seconds, at least 600. Default: 3600.
             */
            expirationSeconds?: number;
            /**
             * @description Path of the file in the volume; relative, without `..`.
             * @default
             */
            path: string;
        };
        /** @description One port of a Service. */
        "io.k8s.api.core.v1.ServicePort": {
            /** @description Protocol spoken on the port, such as kubernetes.io/h2c. Unset: plain TCP. */
            appProtocol?: string;
            /** @description Name, unique in the Service; a DNS label. Needed when there are several ports. */
            name?: string;
            /**
             * Format: int32
             * @description Port on each node, of types NodePort and LoadBalancer. Unset: a free one is taken.
             */
            nodePort?: number;
            /**
             * Format: int32
             * @description Port of the Service, 1 to 65535.
             * @default 0
             */
            port: number;
            /**
             * @description TCP, UDP or SCTP. Default: TCP.
             * @default TCP
             */
            protocol?: string;
            /** @description Port number or name in the pods. Default: port. */
            targetPort?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        /** @description Which pods a Service leads to, and by which ports. */
        "io.k8s.api.core.v1.ServiceSpec": {
            /** @description Whether a load balancer gets node ports. Default: true. */
            allocateLoadBalancerNodePorts?: boolean;
            /** @description Address in the cluster; None for a headless Service. Unset: a free one is taken. Hardly ever changes. */
            clusterIP?: string;
            /** @description Addresses in the cluster, at most one of each family, the first as in clusterIP. */
            clusterIPs?: string[];
            /** @description Outside addresses for which nodes take traffic too. Getting it to the nodes is up to you. */
            externalIPs?: string[];
            /** @description DNS name that the Service stands for, of type ExternalName. */
            externalName?: string;
            /** @description Traffic from outside goes to pods of the whole Cluster, or Local to the node that got it. Default: Cluster. */
            externalTrafficPolicy?: string;
            /**
             * Format: int32
             * @description Port where load balancers ask a node for local pods, with externalTrafficPolicy Local.
             */
            healthCheckNodePort?: number;
            /** @description Traffic from inside goes to pods of the whole Cluster, or Local to the node of the client. Default: Cluster. */
            internalTrafficPolicy?: string;
            /** @description IPv4, IPv6 or both, the main one first. Unset: by ipFamilyPolicy. */
            ipFamilies?: string[];
            /** @description SingleStack, PreferDualStack or RequireDualStack. Default: SingleStack. */
            ipFamilyPolicy?: string;
            /** @description Load balancer that serves this, as domain/name. Unset: the default one. Can not change. */
            loadBalancerClass?: string;
            /** @description Wanted address of the load balancer. Deprecated. */
            loadBalancerIP?: string;
            /** @description Ranges of client addresses that the load balancer lets in. Unset: all. */
            loadBalancerSourceRanges?: string[];
            /** @description Ports of the Service. */
            ports?: components["schemas"]["io.k8s.api.core.v1.ServicePort"][];
            /** @description Whether pods that are not ready are published too. Default: false. */
            publishNotReadyAddresses?: boolean;
            /** @description Labels of the pods behind the Service. Unset: endpoints come from elsewhere. */
            selector?: {
                [key: string]: string;
            };
            /** @description None, or ClientIP to keep a client on one pod. Default: None. */
            sessionAffinity?: string;
            /** @description Settings of sessionAffinity. */
            sessionAffinityConfig?: components["schemas"]["io.k8s.api.core.v1.SessionAffinityConfig"];
            /** @description Preferred endpoints: PreferSameZone or PreferSameNode. Unset: all alike. */
            trafficDistribution?: string;
            /** @description ClusterIP, NodePort, LoadBalancer or ExternalName: how the Service is reached. Default: ClusterIP. */
            type?: string;
        };
        /** @description What was last seen of a Service. */
        "io.k8s.api.core.v1.ServiceStatus": {
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /**
             * @description Addresses of the load balancer.
             * @default {}
             */
            loadBalancer?: components["schemas"]["io.k8s.api.core.v1.LoadBalancerStatus"];
        };
        /** @description How clients are kept on one pod. */
        "io.k8s.api.core.v1.SessionAffinityConfig": {
            /** @description Settings of affinity by client address. */
            clientIP?: components["schemas"]["io.k8s.api.core.v1.ClientIPConfig"];
        };
        /** @description A pause. */
        "io.k8s.api.core.v1.SleepAction": {
            /**
             * Format: int64
             * @description Seconds to wait; at most the grace period of the pod.
             * @default 0
             */
            seconds: number;
        };
        /** @description A StorageOS volume. */
        "io.k8s.api.core.v1.StorageOSPersistentVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the credentials of StorageOS. Unset: its defaults. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @description Name of the volume in its StorageOS namespace. */
            volumeName?: string;
            /** @description StorageOS namespace of the volume. Default: the namespace of the pod. */
            volumeNamespace?: string;
        };
        /** @description A StorageOS volume. */
        "io.k8s.api.core.v1.StorageOSVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description true: the volume can not be written. Default: false. */
            readOnly?: boolean;
            /** @description Secret with the credentials of StorageOS. Unset: its defaults. */
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @description Name of the volume in its StorageOS namespace. */
            volumeName?: string;
            /** @description StorageOS namespace of the volume. Default: the namespace of the pod. */
            volumeNamespace?: string;
        };
        /** @description A kernel parameter. */
        "io.k8s.api.core.v1.Sysctl": {
            /**
             * @description Name of the parameter, such as net.core.somaxconn.
             * @default
             */
            name: string;
            /**
             * @description Value of the parameter.
             * @default
             */
            value: string;
        };
        /** @description A TCP connection. An open port is success. */
        "io.k8s.api.core.v1.TCPSocketAction": {
            /** @description Host to connect to. Default: the address of the pod. */
            host?: string;
            /** @description Port number, 1 to 65535, or name of a port of the container. */
            port: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        /** @description Keeps pods without a matching toleration off a node. */
        "io.k8s.api.core.v1.Taint": {
            /**
             * @description NoSchedule: none are placed; PreferNoSchedule: better not; NoExecute: running ones leave too.
             * @default
             */
            effect: string;
            /**
             * @description Key of the taint.
             * @default
             */
            key: string;
            /** @description When the taint was added. Only with NoExecute. */
            timeAdded?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Value of the taint. */
            value?: string;
        };
        /** @description Lets a pod stay on, or be placed on, nodes with a matching taint. */
        "io.k8s.api.core.v1.Toleration": {
            /** @description Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute. Unset: any. */
            effect?: string;
            /** @description Key of the taint. Unset, with operator Exists: any. */
            key?: string;
            /** @description Exists, Equal, Lt or Gt: how the value of the taint is compared. Default: Equal. */
            operator?: string;
            /**
             * Format: int64
             * @description With effect NoExecute: seconds that the pod stays after the taint came. Unset: for good. 0 or less: none.
             */
            tolerationSeconds?: number;
            /** @description Value of the taint. Empty with Exists. */
            value?: string;
        };
        /** @description Values that a label of a topology may have. */
        "io.k8s.api.core.v1.TopologySelectorLabelRequirement": {
            /**
             * @description Key of the label.
             * @default
             */
            key: string;
            /** @description Values, one of which must match. */
            values: string[];
        };
        /** @description Conditions on a topology, all of which must hold. */
        "io.k8s.api.core.v1.TopologySelectorTerm": {
            /** @description Conditions on labels. */
            matchLabelExpressions?: components["schemas"]["io.k8s.api.core.v1.TopologySelectorLabelRequirement"][];
        };
        /** @description How evenly matching pods are spread over zones, nodes or other domains. */
        "io.k8s.api.core.v1.TopologySpreadConstraint": {
            /** @description Pods that are counted. */
            labelSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Labels whose values are taken from the new pod and must be equal. Needs labelSelector. */
            matchLabelKeys?: string[];
            /**
             * Format: int32
             * @description How many more matching pods a domain may have than the emptiest one; above 0.
             * @default 0
             */
            maxSkew: number;
            /**
             * Format: int32
             * @description Domains that should be there; with fewer, the emptiest one counts as 0. Only with DoNotSchedule. Default: 1.
             */
            minDomains?: number;
            /** @description Honor leaves out nodes that nodeSelector or nodeAffinity exclude, Ignore counts them. Default: Honor. */
            nodeAffinityPolicy?: string;
            /** @description Honor leaves out nodes with taints that the pod does not tolerate, Ignore counts them. Default: Ignore. */
            nodeTaintsPolicy?: string;
            /**
             * @description Label of nodes. Nodes with the same value of it are one domain.
             * @default
             */
            topologyKey: string;
            /**
             * @description DoNotSchedule lets the pod wait, ScheduleAnyway only prefers nodes with less skew.
             * @default
             */
            whenUnsatisfiable: string;
        };
        /** @description An object of any kind in the same namespace. */
        "io.k8s.api.core.v1.TypedLocalObjectReference": {
            /** @description Group of the object. Unset: the core group. */
            apiGroup?: string;
            /**
             * @description Kind of the object.
             * @default
             */
            kind: string;
            /**
             * @description Name of the object.
             * @default
             */
            name: string;
        };
        /** @description An object of any kind. */
        "io.k8s.api.core.v1.TypedObjectReference": {
            /** @description Group of the object. Unset: the core group. */
            apiGroup?: string;
            /**
             * @description Kind of the object.
             * @default
             */
            kind: string;
            /**
             * @description Name of the object.
             * @default
             */
            name: string;
            /** @description Namespace of the object; a ReferenceGrant there must allow it. Unset: the same namespace. */
            namespace?: string;
        };
        /** @description Storage that containers of the pod can mount. */
        "io.k8s.api.core.v1.Volume": {
            /** @description A disk of AWS. Deprecated: use csi. */
            awsElasticBlockStore?: components["schemas"]["io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource"];
            /** @description A disk of Azure. Deprecated: use csi. */
            azureDisk?: components["schemas"]["io.k8s.api.core.v1.AzureDiskVolumeSource"];
            /** @description A file share of Azure. Deprecated: use csi. */
            azureFile?: components["schemas"]["io.k8s.api.core.v1.AzureFileVolumeSource"];
            /** @description A CephFS file system. Deprecated and no longer supported. */
            cephfs?: components["schemas"]["io.k8s.api.core.v1.CephFSVolumeSource"];
            /** @description A disk of OpenStack. Deprecated: use csi. */
            cinder?: components["schemas"]["io.k8s.api.core.v1.CinderVolumeSource"];
            /** @description The keys of a ConfigMap as files. */
            configMap?: components["schemas"]["io.k8s.api.core.v1.ConfigMapVolumeSource"];
            /** @description A short-lived volume that a CSI driver makes for the pod. */
            csi?: components["schemas"]["io.k8s.api.core.v1.CSIVolumeSource"];
            /** @description Fields of the pod as files. */
            downwardAPI?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIVolumeSource"];
            /** @description An empty folder that lives as long as the pod. */
            emptyDir?: components["schemas"]["io.k8s.api.core.v1.EmptyDirVolumeSource"];
            /** @description A claim that is made for the pod and goes with it. */
            ephemeral?: components["schemas"]["io.k8s.api.core.v1.EphemeralVolumeSource"];
            /** @description A Fibre Channel disk. */
            fc?: components["schemas"]["io.k8s.api.core.v1.FCVolumeSource"];
            /** @description A volume of a program on the node. Deprecated: use csi. */
            flexVolume?: components["schemas"]["io.k8s.api.core.v1.FlexVolumeSource"];
            /** @description A Flocker dataset. Deprecated and no longer supported. */
            flocker?: components["schemas"]["io.k8s.api.core.v1.FlockerVolumeSource"];
            /** @description A disk of Google Cloud. Deprecated: use csi. */
            gcePersistentDisk?: components["schemas"]["io.k8s.api.core.v1.GCEPersistentDiskVolumeSource"];
            /** @description A clone of a Git repository. Deprecated: clone in an init container into an emptyDir. */
            gitRepo?: components["schemas"]["io.k8s.api.core.v1.GitRepoVolumeSource"];
            /** @description A GlusterFS volume. Deprecated and no longer supported. */
            glusterfs?: components["schemas"]["io.k8s.api.core.v1.GlusterfsVolumeSource"];
            /** @description A file or folder of the node. Dangerous: it breaks the isolation of the pod. */
            hostPath?: components["schemas"]["io.k8s.api.core.v1.HostPathVolumeSource"];
            /** @description The files of an OCI image or artifact, read-only. */
            image?: components["schemas"]["io.k8s.api.core.v1.ImageVolumeSource"];
            /** @description An iSCSI disk. */
            iscsi?: components["schemas"]["io.k8s.api.core.v1.ISCSIVolumeSource"];
            /**
             * @description Name of the volume, unique in the pod; a DNS label.
             * @default
             */
            name: string;
            /** @description A folder of an NFS server. */
            nfs?: components["schemas"]["io.k8s.api.core.v1.NFSVolumeSource"];
            /** @description The volume of a PersistentVolumeClaim. */
            persistentVolumeClaim?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource"];
            /** @description A disk of Photon. Deprecated and no longer supported. */
            photonPersistentDisk?: components["schemas"]["io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource"];
            /** @description A Portworx volume. Deprecated: use csi. */
            portworxVolume?: components["schemas"]["io.k8s.api.core.v1.PortworxVolumeSource"];
            /** @description Several sources in one folder. */
            projected?: components["schemas"]["io.k8s.api.core.v1.ProjectedVolumeSource"];
            /** @description A Quobyte volume. Deprecated and no longer supported. */
            quobyte?: components["schemas"]["io.k8s.api.core.v1.QuobyteVolumeSource"];
            /** @description A Ceph block device. Deprecated and no longer supported. */
            rbd?: components["schemas"]["io.k8s.api.core.v1.RBDVolumeSource"];
            /** @description A ScaleIO volume. Deprecated and no longer supported. */
            scaleIO?: components["schemas"]["io.k8s.api.core.v1.ScaleIOVolumeSource"];
            /** @description The keys of a Secret as files. */
            secret?: components["schemas"]["io.k8s.api.core.v1.SecretVolumeSource"];
            /** @description A StorageOS volume. Deprecated and no longer supported. */
            storageos?: components["schemas"]["io.k8s.api.core.v1.StorageOSVolumeSource"];
            /** @description A disk of vSphere. Deprecated: use csi. */
            vsphereVolume?: components["schemas"]["io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource"];
        };
        /** @description A block device in a container. */
        "io.k8s.api.core.v1.VolumeDevice": {
            /**
             * @description Path of the device in the container.
             * @default
             */
            devicePath: string;
            /**
             * @description Name of a volume of the pod that is a claim with volumeMode Block.
             * @default
             */
            name: string;
        };
        /** @description Where a container sees a volume. */
        "io.k8s.api.core.v1.VolumeMount": {
            /**
             * @description Path in the container; without `:`.
             * @default
             */
            mountPath: string;
            /** @description How later mounts pass: None, HostToContainer or Bidirectional. Default: None. */
            mountPropagation?: string;
            /**
             * @description Name of a volume of the pod.
             * @default
             */
            name: string;
            /** @description true: the container can not write it. Default: false. */
            readOnly?: boolean;
            /** @description Whether mounts below a read-only one are read-only too: Disabled, IfPossible or Enabled. Default: Disabled. */
            recursiveReadOnly?: string;
            /** @description Path in the volume that is mounted. Default: the whole volume. */
            subPath?: string;
            /** @description As subPath, with $(NAME) for variables. Not together with subPath. */
            subPathExpr?: string;
        };
        /** @description State of one mount. */
        "io.k8s.api.core.v1.VolumeMountStatus": {
            /**
             * @description Path of the mount in the container.
             * @default
             */
            mountPath: string;
            /**
             * @description Name of the volume.
             * @default
             */
            name: string;
            /** @description Whether the mount is read-only. */
            readOnly?: boolean;
            /** @description Whether mounts below are read-only too: Disabled, IfPossible or Enabled. */
            recursiveReadOnly?: string;
            /** @description State of the volume. */
            volumeStatus?: components["schemas"]["io.k8s.api.core.v1.VolumeStatus"];
        };
        /** @description Nodes from which a volume can be reached. */
        "io.k8s.api.core.v1.VolumeNodeAffinity": {
            /** @description Conditions that the node must meet. */
            required?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
        };
        /** @description One source of a projected volume; exactly one field is set. */
        "io.k8s.api.core.v1.VolumeProjection": {
            /** @description Root certificates of ClusterTrustBundles. */
            clusterTrustBundle?: components["schemas"]["io.k8s.api.core.v1.ClusterTrustBundleProjection"];
            /** @description Keys of a ConfigMap. */
            configMap?: components["schemas"]["io.k8s.api.core.v1.ConfigMapProjection"];
            /** @description Fields of the pod. */
            downwardAPI?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIProjection"];
            /** @description A key and a certificate for the pod. */
            podCertificate?: components["schemas"]["io.k8s.api.core.v1.PodCertificateProjection"];
            /** @description Keys of a Secret. */
            secret?: components["schemas"]["io.k8s.api.core.v1.SecretProjection"];
            /** @description A token of the service account of the pod. */
            serviceAccountToken?: components["schemas"]["io.k8s.api.core.v1.ServiceAccountTokenProjection"];
        };
        /** @description Size of a volume. */
        "io.k8s.api.core.v1.VolumeResourceRequirements": {
            /** @description Largest size, under the key storage. */
            limits?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Smallest size, under the key storage. It may grow when the class allows it. */
            requests?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description State of a mounted volume. */
        "io.k8s.api.core.v1.VolumeStatus": {
            /** @description Of a volume that is an image. */
            image?: components["schemas"]["io.k8s.api.core.v1.ImageVolumeStatus"];
        };
        /** @description A disk of vSphere. */
        "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource": {
            /** @description File system to mount, such as ext4. Default: ext4. */
            fsType?: string;
            /** @description Id of the storage policy of storagePolicyName. */
            storagePolicyID?: string;
            /** @description Name of the storage policy. */
            storagePolicyName?: string;
            /**
             * @description Path of the disk file.
             * @default
             */
            volumePath: string;
        };
        /** @description A wish to be near certain pods, or apart from them. */
        "io.k8s.api.core.v1.WeightedPodAffinityTerm": {
            /**
             * @description The pods and the domain.
             * @default {}
             */
            podAffinityTerm: components["schemas"]["io.k8s.api.core.v1.PodAffinityTerm"];
            /**
             * Format: int32
             * @description How much the wish counts, 1 to 100.
             * @default 0
             */
            weight: number;
        };
        /** @description Identity on Windows nodes. */
        "io.k8s.api.core.v1.WindowsSecurityContextOptions": {
            /** @description Content of the credential spec of a group managed service account. */
            gmsaCredentialSpec?: string;
            /** @description Name of a stored credential spec; an admission webhook fills in its content. */
            gmsaCredentialSpecName?: string;
            /** @description Run as a process of the node. All containers of a pod must agree, and hostNetwork must be true. */
            hostProcess?: boolean;
            /** @description Windows user that runs the program. Default: that of the image. */
            runAsUserName?: string;
        };
        /** @description One backend of a Service. */
        "io.k8s.api.discovery.v1.Endpoint": {
            /** @description Addresses of the backend, at least one. Clients use the first. */
            addresses: string[];
            /**
             * @description Whether the backend takes traffic.
             * @default {}
             */
            conditions?: components["schemas"]["io.k8s.api.discovery.v1.EndpointConditions"];
            /** @description Labels of the place, from an older version. Never set any more. */
            deprecatedTopology?: {
                [key: string]: string;
            };
            /** @description For whom the backend is meant. */
            hints?: components["schemas"]["io.k8s.api.discovery.v1.EndpointHints"];
            /** @description Host name of the backend; a DNS label. */
            hostname?: string;
            /** @description Node that the backend runs on. */
            nodeName?: string;
            /** @description The object behind the backend, mostly a pod. */
            targetRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @description Zone that the backend runs in. */
            zone?: string;
        };
        /** @description Whether a backend takes traffic. */
        "io.k8s.api.discovery.v1.EndpointConditions": {
            /** @description Takes new traffic: serving and not terminating, mostly. Unset: true. */
            ready?: boolean;
            /** @description Can serve, even while terminating. Unset: as ready. */
            serving?: boolean;
            /** @description Is being stopped. Unset: false. */
            terminating?: boolean;
        };
        /** @description For whom a backend is meant. */
        "io.k8s.api.discovery.v1.EndpointHints": {
            /** @description Nodes whose traffic it should take. At most 8. */
            forNodes?: components["schemas"]["io.k8s.api.discovery.v1.ForNode"][];
            /** @description Zones whose traffic it should take. At most 8. */
            forZones?: components["schemas"]["io.k8s.api.discovery.v1.ForZone"][];
        };
        /** @description A port of the backends of a slice. */
        "io.k8s.api.discovery.v1.EndpointPort": {
            /** @description Protocol spoken on the port, such as kubernetes.io/h2c. Unset: plain TCP. */
            appProtocol?: string;
            /** @description Name of the port, unique in the slice: empty or a DNS label. */
            name?: string;
            /**
             * Format: int32
             * @description Port number. Unset: all ports.
             */
            port?: number;
            /** @description TCP, UDP or SCTP. Default: TCP. */
            protocol?: string;
        };
        /** @description Some of the addresses behind a Service. */
        "io.k8s.api.discovery.v1.EndpointSlice": {
            /**
             * @description IPv4, IPv6 or FQDN: what the addresses are. Can not change.
             * @default
             */
            addressType: string;
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description The backends; at most 1000. */
            endpoints?: components["schemas"]["io.k8s.api.discovery.v1.Endpoint"][];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Ports that all the backends have. */
            ports?: components["schemas"]["io.k8s.api.discovery.v1.EndpointPort"][];
        };
        /** @description A node whose traffic a backend should take. */
        "io.k8s.api.discovery.v1.ForNode": {
            /**
             * @description Name of the node.
             * @default
             */
            name: string;
        };
        /** @description A zone whose traffic a backend should take. */
        "io.k8s.api.discovery.v1.ForZone": {
            /**
             * @description Name of the zone.
             * @default
             */
            name: string;
        };
        /** @description Something that happened to an object; kept for about an hour. */
        "io.k8s.api.events.v1.Event": {
            /** @description What was done or failed, in one word; at most 128 characters. */
            action?: string;
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /**
             * Format: int32
             * @description How often it happened, of the older version.
             */
            deprecatedCount?: number;
            /** @description When it first happened, of the older version. */
            deprecatedFirstTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When it last happened, of the older version. */
            deprecatedLastTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description Component and node that reported it, of the older version.
             * @default {}
             */
            deprecatedSource?: components["schemas"]["io.k8s.api.core.v1.EventSource"];
            /** @description When it was first seen. */
            eventTime: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description What happened, for people; at most 1 KiB. */
            note?: string;
            /** @description Why it happened, in one word; at most 128 characters. */
            reason?: string;
            /**
             * @description The object that the event is about.
             * @default {}
             */
            regarding?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @description A second object that took part. */
            related?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @description Component that reported it, such as kubernetes.io/kubelet. */
            reportingController?: string;
            /** @description Instance of that component; at most 128 characters. */
            reportingInstance?: string;
            /** @description Set while it keeps happening. */
            series?: components["schemas"]["io.k8s.api.events.v1.EventSeries"];
            /** @description Normal or Warning. */
            type?: string;
        };
        /** @description Something that keeps happening. */
        "io.k8s.api.events.v1.EventSeries": {
            /**
             * Format: int32
             * @description How often it happened until lastObservedTime.
             * @default 0
             */
            count: number;
            /** @description When it was last seen. */
            lastObservedTime: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
        };
        /** @description A level whose requests never wait. */
        "io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration": {
            /**
             * Format: int32
             * @description Percent of its seats that other levels may borrow. Default: 0.
             */
            lendablePercent?: number;
            /**
             * Format: int32
             * @description Share of the seats of the server, relative to other levels. Default: 0.
             */
            nominalConcurrencyShares?: number;
        };
        /** @description How the requests of a schema are parted into flows. */
        "io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod": {
            /**
             * @description ByUser or ByNamespace.
             * @default
             */
            type: string;
        };
        /** @description Sorts requests into a priority level. */
        "io.k8s.api.flowcontrol.v1.FlowSchema": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which requests, and at which priority level.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowSchemaSpec"];
            /**
             * @description Seen state: whether the level is there.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowSchemaStatus"];
        };
        /** @description One aspect of the state of a FlowSchema. */
        "io.k8s.api.flowcontrol.v1.FlowSchemaCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /** @description True, False or Unknown. */
            status?: string;
            /** @description Dangling: whether the priority level is missing. */
            type?: string;
        };
        /** @description Which requests belong to a schema. */
        "io.k8s.api.flowcontrol.v1.FlowSchemaSpec": {
            /** @description How the requests are parted into flows. Unset: all are one flow. */
            distinguisherMethod?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod"];
            /**
             * Format: int32
             * @description Order among schemas, 1 to 10000: the lowest that matches decides. Default: 1000.
             * @default 0
             */
            matchingPrecedence?: number;
            /**
             * @description Priority level of the requests. Without it, the schema is passed over.
             * @default {}
             */
            priorityLevelConfiguration: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference"];
            /** @description Requests that belong here: one of these is enough. Empty: none. */
            rules?: components["schemas"]["io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects"][];
        };
        /** @description What was last seen of a FlowSchema. */
        "io.k8s.api.flowcontrol.v1.FlowSchemaStatus": {
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowSchemaCondition"][];
        };
        /** @description Requests of the members of a group. */
        "io.k8s.api.flowcontrol.v1.GroupSubject": {
            /**
             * @description Name of the group; * for all.
             * @default
             */
            name: string;
        };
        /** @description Whether requests wait for a seat or are refused. */
        "io.k8s.api.flowcontrol.v1.LimitResponse": {
            /** @description Settings of the queues. Only with type Queue. */
            queuing?: components["schemas"]["io.k8s.api.flowcontrol.v1.QueuingConfiguration"];
            /**
             * @description Queue lets them wait, Reject answers 429.
             * @default
             */
            type: string;
        };
        /** @description A level whose requests share a number of seats. */
        "io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration": {
            /**
             * Format: int32
             * @description Seats that may be borrowed from other levels, in percent of the own ones. Unset: no limit.
             */
            borrowingLimitPercent?: number;
            /**
             * Format: int32
             * @description Percent of its seats that other levels may borrow. Default: 0.
             */
            lendablePercent?: number;
            /**
             * @description What happens to requests for which there is no seat.
             * @default {}
             */
            limitResponse?: components["schemas"]["io.k8s.api.flowcontrol.v1.LimitResponse"];
            /**
             * Format: int32
             * @description Share of the seats of the server, relative to other levels. Default: 30.
             */
            nominalConcurrencyShares?: number;
        };
        /** @description A choice of requests for paths that are no resources. */
        "io.k8s.api.flowcontrol.v1.NonResourcePolicyRule": {
            /** @description Paths; * alone, or at the end after a slash, stands for anything. */
            nonResourceURLs: string[];
            /** @description HTTP methods in lower case; * for all. */
            verbs: string[];
        };
        /** @description A choice of requests by user and by what is asked for. */
        "io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects": {
            /** @description Requests for paths; one of these is enough. */
            nonResourceRules?: components["schemas"]["io.k8s.api.flowcontrol.v1.NonResourcePolicyRule"][];
            /** @description Requests for resources; one of these is enough. */
            resourceRules?: components["schemas"]["io.k8s.api.flowcontrol.v1.ResourcePolicyRule"][];
            /** @description Who asks; one of these is enough. */
            subjects: components["schemas"]["io.k8s.api.flowcontrol.v1.Subject"][];
        };
        /** @description How many requests of a priority run at once, and what happens to more. */
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Seats and queues of the level.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec"];
            /**
             * @description Seen state.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus"];
        };
        /** @description One aspect of the state of a priority level. */
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /** @description True, False or Unknown. */
            status?: string;
            /** @description Name of the aspect. */
            type?: string;
        };
        /** @description A priority level. */
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference": {
            /**
             * @description Name of the PriorityLevelConfiguration.
             * @default
             */
            name: string;
        };
        /** @description Seats and queues of a level. */
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec": {
            /** @description Settings of a level whose requests never wait. Only with type Exempt. */
            exempt?: components["schemas"]["io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration"];
            /** @description Settings of a level whose requests share seats. Only and always with type Limited. */
            limited?: components["schemas"]["io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration"];
            /**
             * @description Exempt or Limited.
             * @default
             */
            type: string;
        };
        /** @description What was last seen of a priority level. */
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus": {
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition"][];
        };
        /** @description Settings of the queues of a level. */
        "io.k8s.api.flowcontrol.v1.QueuingConfiguration": {
            /**
             * Format: int32
             * @description Queues among which each flow chooses the shortest. Default: 8.
             * @default 0
             */
            handSize?: number;
            /**
             * Format: int32
             * @description Most requests that wait in one queue. Default: 50.
             * @default 0
             */
            queueLengthLimit?: number;
            /**
             * Format: int32
             * @description Number of queues. Default: 64.
             * @default 0
             */
            queues?: number;
        };
        /** @description A choice of requests for resources. */
        "io.k8s.api.flowcontrol.v1.ResourcePolicyRule": {
            /** @description Groups of the resources; * for all. */
            apiGroups: string[];
            /** @description Whether requests without a namespace match. Default: false. */
            clusterScope?: boolean;
            /** @description Namespaces of the requests; * for all. */
            namespaces?: string[];
            /** @description Resources, with the subresource after a slash; * for all. */
            resources: string[];
            /** @description Verbs; * for all. */
            verbs: string[];
        };
        /** @description Requests of a service account. */
        "io.k8s.api.flowcontrol.v1.ServiceAccountSubject": {
            /**
             * @description Name of the service account; * for all.
             * @default
             */
            name: string;
            /**
             * @description Namespace of the service account.
             * @default
             */
            namespace: string;
        };
        /** @description Who asks; the field of its kind is set. */
        "io.k8s.api.flowcontrol.v1.Subject": {
            /** @description A group of users. */
            group?: components["schemas"]["io.k8s.api.flowcontrol.v1.GroupSubject"];
            /**
             * @description User, Group or ServiceAccount.
             * @default
             */
            kind: string;
            /** @description A service account. */
            serviceAccount?: components["schemas"]["io.k8s.api.flowcontrol.v1.ServiceAccountSubject"];
            /** @description A user. */
            user?: components["schemas"]["io.k8s.api.flowcontrol.v1.UserSubject"];
        };
        /** @description Requests of a user. */
        "io.k8s.api.flowcontrol.v1.UserSubject": {
            /**
             * @description Name of the user; * for all.
             * @default
             */
            name: string;
        };
        /** @description One path of a host and where it leads. */
        "io.k8s.api.networking.v1.HTTPIngressPath": {
            /**
             * @description Where requests go.
             * @default {}
             */
            backend: components["schemas"]["io.k8s.api.networking.v1.IngressBackend"];
            /** @description Path to match; begins with / for Exact and Prefix. */
            path?: string;
            /** @description Exact: the whole path; Prefix: its first parts between slashes; ImplementationSpecific: up to the controller. */
            pathType: string;
        };
        /** @description Paths of a host. */
        "io.k8s.api.networking.v1.HTTPIngressRuleValue": {
            /** @description The paths. The longest match wins, and Exact before Prefix. */
            paths: components["schemas"]["io.k8s.api.networking.v1.HTTPIngressPath"][];
        };
        /** @description One address that is taken from a ServiceCIDR. */
        "io.k8s.api.networking.v1.IPAddress": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What uses the address.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.networking.v1.IPAddressSpec"];
        };
        /** @description What uses an address. */
        "io.k8s.api.networking.v1.IPAddressSpec": {
            /** @description The object that the address is given to. */
            parentRef: components["schemas"]["io.k8s.api.networking.v1.ParentReference"];
        };
        /** @description A range of addresses. */
        "io.k8s.api.networking.v1.IPBlock": {
            /**
             * @description The range in CIDR form, such as 10.1.0.0/16 or fd00:1::/64.
             * @default
             */
            cidr: string;
            /** @description Ranges inside it that are left out. */
            except?: string[];
        };
        /** @description Leads HTTP requests from outside to Services. */
        "io.k8s.api.networking.v1.Ingress": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: hosts, paths and where they lead.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.networking.v1.IngressSpec"];
            /**
             * @description Seen state: addresses of the load balancer.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.networking.v1.IngressStatus"];
        };
        /** @description Where requests go; one of the two is set. */
        "io.k8s.api.networking.v1.IngressBackend": {
            /** @description An object in the namespace of the Ingress. */
            resource?: components["schemas"]["io.k8s.api.core.v1.TypedLocalObjectReference"];
            /** @description A Service in the namespace of the Ingress. */
            service?: components["schemas"]["io.k8s.api.networking.v1.IngressServiceBackend"];
        };
        /** @description Names the controller that serves an Ingress. */
        "io.k8s.api.networking.v1.IngressClass": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Controller and its parameters.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.networking.v1.IngressClassSpec"];
        };
        /** @description An object with settings for a controller. */
        "io.k8s.api.networking.v1.IngressClassParametersReference": {
            /** @description Group of the object. Unset: the core group. */
            apiGroup?: string;
            /**
             * @description Kind of the object.
             * @default
             */
            kind: string;
            /**
             * @description Name of the object.
             * @default
             */
            name: string;
            /** @description Namespace of the object; only with scope Namespace, and needed then. */
            namespace?: string;
            /** @description Cluster or Namespace. Default: Cluster. */
            scope?: string;
        };
        /** @description Who implements the Ingresses of a class. */
        "io.k8s.api.networking.v1.IngressClassSpec": {
            /** @description Name of the controller, such as example.com/ingress; at most 250 characters. Can not change. */
            controller?: string;
            /** @description An object with settings for the controller. */
            parameters?: components["schemas"]["io.k8s.api.networking.v1.IngressClassParametersReference"];
        };
        /** @description An address of a load balancer. */
        "io.k8s.api.networking.v1.IngressLoadBalancerIngress": {
            /** @description Host name, of balancers that go by name. */
            hostname?: string;
            /** @description Address, of balancers that go by address. */
            ip?: string;
            /** @description State of the ports. */
            ports?: components["schemas"]["io.k8s.api.networking.v1.IngressPortStatus"][];
        };
        /** @description State of a load balancer. */
        "io.k8s.api.networking.v1.IngressLoadBalancerStatus": {
            /** @description Addresses to send traffic to. */
            ingress?: components["schemas"]["io.k8s.api.networking.v1.IngressLoadBalancerIngress"][];
        };
        /** @description State of a port of a load balancer. */
        "io.k8s.api.networking.v1.IngressPortStatus": {
            /** @description What is wrong with the port, as one word or domain/word. Unset: nothing. */
            error?: string;
            /**
             * Format: int32
             * @description Port number.
             * @default 0
             */
            port: number;
            /**
             * @description TCP, UDP or SCTP.
             * @default
             */
            protocol: string;
        };
        /** @description Where the requests for one host lead. */
        "io.k8s.api.networking.v1.IngressRule": {
            /** @description Host name, or *. before a domain for one more label. Unset: all hosts. */
            host?: string;
            /** @description Paths of the host. Unset: all requests go to the default backend. */
            http?: components["schemas"]["io.k8s.api.networking.v1.HTTPIngressRuleValue"];
        };
        /** @description A port of a Service. */
        "io.k8s.api.networking.v1.IngressServiceBackend": {
            /**
             * @description Name of the Service.
             * @default
             */
            name: string;
            /**
             * @description Port of the Service.
             * @default {}
             */
            port?: components["schemas"]["io.k8s.api.networking.v1.ServiceBackendPort"];
        };
        /** @description What an Ingress should bring about. */
        "io.k8s.api.networking.v1.IngressSpec": {
            /** @description Where requests go that no rule matches. Needed when there are no rules. */
            defaultBackend?: components["schemas"]["io.k8s.api.networking.v1.IngressBackend"];
            /** @description Name of the IngressClass. Unset: the default class, if there is one. */
            ingressClassName?: string;
            /** @description Where requests lead, by host and path. Empty: all to defaultBackend. */
            rules?: components["schemas"]["io.k8s.api.networking.v1.IngressRule"][];
            /** @description Certificates by host. Empty: no TLS. */
            tls?: components["schemas"]["io.k8s.api.networking.v1.IngressTLS"][];
        };
        /** @description What was last seen of an Ingress. */
        "io.k8s.api.networking.v1.IngressStatus": {
            /**
             * @description Addresses of the load balancer.
             * @default {}
             */
            loadBalancer?: components["schemas"]["io.k8s.api.networking.v1.IngressLoadBalancerStatus"];
        };
        /** @description A certificate for some hosts. */
        "io.k8s.api.networking.v1.IngressTLS": {
            /** @description Hosts of the certificate. Unset: those that the controller takes from it. */
            hosts?: string[];
            /** @description Secret of type kubernetes.io/tls with key and certificate. Unset: TLS is passed through by host name. */
            secretName?: string;
        };
        /** @description Says who may talk to a set of pods. */
        "io.k8s.api.networking.v1.NetworkPolicy": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: pods and the traffic they may have.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicySpec"];
        };
        /** @description Traffic that pods may send: to one of these peers, at one of these ports. */
        "io.k8s.api.networking.v1.NetworkPolicyEgressRule": {
            /** @description Ports that may be reached. Empty: all. */
            ports?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPort"][];
            /** @description Peers that may be reached. Empty: all. */
            to?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPeer"][];
        };
        /** @description Traffic that pods may get: from one of these peers, at one of these ports. */
        "io.k8s.api.networking.v1.NetworkPolicyIngressRule": {
            /** @description Peers that may send. Empty: all. */
            from?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPeer"][];
            /** @description Ports that may be reached. Empty: all. */
            ports?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPort"][];
        };
        /** @description Pods or addresses. With both selectors: those pods in those namespaces. */
        "io.k8s.api.networking.v1.NetworkPolicyPeer": {
            /** @description A range of addresses. Not together with the selectors. */
            ipBlock?: components["schemas"]["io.k8s.api.networking.v1.IPBlock"];
            /** @description Namespaces by label. Empty: all. Unset: the namespace of the policy. */
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Pods by label. Empty or unset: all in those namespaces. */
            podSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
        };
        /** @description A port, or a range of ports. */
        "io.k8s.api.networking.v1.NetworkPolicyPort": {
            /**
             * Format: int32
             * @description Last port of a range that begins with port, which must be a number then.
             */
            endPort?: number;
            /** @description Port number or name. Unset: all ports of the protocol. */
            port?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description TCP, UDP or SCTP. Default: TCP. */
            protocol?: string;
        };
        /** @description What a NetworkPolicy should bring about. */
        "io.k8s.api.networking.v1.NetworkPolicySpec": {
            /** @description Traffic that the pods may send; one of these is enough. Empty, with policy type Egress: none. */
            egress?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyEgressRule"][];
            /** @description Traffic that the pods may get; one of these is enough. Empty: none. */
            ingress?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyIngressRule"][];
            /**
             * @description Pods that this is about, by label. Empty: all of the namespace.
             * @default {}
             */
            podSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Ingress, Egress or both: what is restricted. Default: Ingress, and Egress when egress is set. */
            policyTypes?: string[];
        };
        /** @description An object that an address is given to. */
        "io.k8s.api.networking.v1.ParentReference": {
            /** @description Group of the object; empty for the core group. */
            group?: string;
            /** @description Name of the object. */
            name: string;
            /** @description Namespace of the object. */
            namespace?: string;
            /** @description Resource of the object, such as services. */
            resource: string;
        };
        /** @description A port of a Service; one of the two is set. */
        "io.k8s.api.networking.v1.ServiceBackendPort": {
            /** @description Name of the port. */
            name?: string;
            /**
             * Format: int32
             * @description Number of the port.
             */
            number?: number;
        };
        /** @description A range that cluster addresses of Services come from. */
        "io.k8s.api.networking.v1.ServiceCIDR": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The ranges.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.networking.v1.ServiceCIDRSpec"];
            /**
             * @description Seen state: whether the ranges are in use.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.networking.v1.ServiceCIDRStatus"];
        };
        /** @description Where addresses of Services come from. */
        "io.k8s.api.networking.v1.ServiceCIDRSpec": {
            /** @description Ranges that Services get their addresses from, at most one of each family. A second one may be added; else they can not change. */
            cidrs?: string[];
        };
        /** @description What was last seen of the ranges. */
        "io.k8s.api.networking.v1.ServiceCIDRStatus": {
            /** @description What is going on, such as Ready. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
        };
        /** @description Resources that running a pod costs by itself. */
        "io.k8s.api.node.v1.Overhead": {
            /** @description Amounts for each pod, by resource. */
            podFixed?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description A way in which containers can be run. */
        "io.k8s.api.node.v1.RuntimeClass": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /**
             * @description Name of the handler in the settings of the container runtime; a DNS label. Can not change.
             * @default
             */
            handler: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Resources that running a pod costs by itself. Unset: none. */
            overhead?: components["schemas"]["io.k8s.api.node.v1.Overhead"];
            /** @description Nodes that know the class. Unset: all. */
            scheduling?: components["schemas"]["io.k8s.api.node.v1.Scheduling"];
        };
        /** @description Nodes that know a RuntimeClass. */
        "io.k8s.api.node.v1.Scheduling": {
            /** @description Labels that the nodes must have, added to those of the pod. */
            nodeSelector?: {
                [key: string]: string;
            };
            /** @description Taints that the pods accept, added to those of the pod. */
            tolerations?: components["schemas"]["io.k8s.api.core.v1.Toleration"][];
        };
        /** @description Asks for the end of a pod; refused while a disruption budget would be broken. */
        "io.k8s.api.policy.v1.Eviction": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description How to delete the pod. */
            deleteOptions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
        };
        /** @description How many pods of a set may be taken down at once on purpose. */
        "io.k8s.api.policy.v1.PodDisruptionBudget": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: which pods, and how many of them must stay.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.api.policy.v1.PodDisruptionBudgetSpec"];
            /**
             * @description Seen state: how many evictions are allowed now.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.policy.v1.PodDisruptionBudgetStatus"];
        };
        /** @description What a budget should bring about. */
        "io.k8s.api.policy.v1.PodDisruptionBudgetSpec": {
            /** @description Pods that evictions may take away, as number or percentage. Not together with minAvailable. */
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description Pods that must stay after an eviction, as number or percentage. Not together with maxUnavailable. */
            minAvailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description Pods that this is about, by label. Empty: all of the namespace. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Pods that are not ready go: IfHealthyBudget only while enough are healthy, AlwaysAllow always. Default: IfHealthyBudget. */
            unhealthyPodEvictionPolicy?: string;
        };
        /** @description What was last seen of a budget. */
        "io.k8s.api.policy.v1.PodDisruptionBudgetStatus": {
            /** @description Whether evictions are allowed: DisruptionAllowed. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /**
             * Format: int32
             * @description Pods that are healthy.
             * @default 0
             */
            currentHealthy?: number;
            /**
             * Format: int32
             * @description Pods that must stay healthy.
             * @default 0
             */
            desiredHealthy?: number;
            /** @description Pods whose eviction was granted but not seen yet, and when it was. */
            disruptedPods?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            };
            /**
             * Format: int32
             * @description Evictions that are allowed now.
             * @default 0
             */
            disruptionsAllowed?: number;
            /**
             * Format: int32
             * @description Pods that the budget counts with.
             * @default 0
             */
            expectedPods?: number;
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
        };
        /** @description ClusterRoles that a ClusterRole is put together from. */
        "io.k8s.api.rbac.v1.AggregationRule": {
            /** @description Labels of ClusterRoles; the rules of all that match one of these are joined. */
            clusterRoleSelectors?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"][];
        };
        /** @description Rights on cluster-wide objects, or for use in any namespace. */
        "io.k8s.api.rbac.v1.ClusterRole": {
            /** @description ClusterRoles to put the rules together from. A controller then writes rules. */
            aggregationRule?: components["schemas"]["io.k8s.api.rbac.v1.AggregationRule"];
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description What is allowed. */
            rules?: components["schemas"]["io.k8s.api.rbac.v1.PolicyRule"][];
        };
        /** @description Gives a ClusterRole to users everywhere. */
        "io.k8s.api.rbac.v1.ClusterRoleBinding": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description A ClusterRole. Can not change.
             * @default {}
             */
            roleRef: components["schemas"]["io.k8s.api.rbac.v1.RoleRef"];
            /** @description Who gets the rights. */
            subjects?: components["schemas"]["io.k8s.api.rbac.v1.Subject"][];
        };
        /** @description Verbs that are allowed on some resources or paths. */
        "io.k8s.api.rbac.v1.PolicyRule": {
            /** @description Groups of the resources; empty text for the core group, * for all. */
            apiGroups?: string[];
            /** @description Paths; * at the end stands for anything. Only in a ClusterRole. */
            nonResourceURLs?: string[];
            /** @description Names of the objects. Empty: all. */
            resourceNames?: string[];
            /** @description Resources, with the subresource after a slash; * for all. */
            resources?: string[];
            /** @description What may be done, such as get, list, watch, create; * for all. */
            verbs: string[];
        };
        /** @description Rights within one namespace. */
        "io.k8s.api.rbac.v1.Role": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description What is allowed. */
            rules?: components["schemas"]["io.k8s.api.rbac.v1.PolicyRule"][];
        };
        /** @description Gives a role to users within one namespace. */
        "io.k8s.api.rbac.v1.RoleBinding": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description A Role in the same namespace, or a ClusterRole. Can not change.
             * @default {}
             */
            roleRef: components["schemas"]["io.k8s.api.rbac.v1.RoleRef"];
            /** @description Who gets the rights. */
            subjects?: components["schemas"]["io.k8s.api.rbac.v1.Subject"][];
        };
        /** @description The role that a binding grants. */
        "io.k8s.api.rbac.v1.RoleRef": {
            /**
             * @description rbac.authorization.k8s.io. Set when empty.
             * @default
             */
            apiGroup?: string;
            /**
             * @description Role or ClusterRole.
             * @default
             */
            kind: string;
            /**
             * @description Name of the role.
             * @default
             */
            name: string;
        };
        /** @description Someone who gets rights. */
        "io.k8s.api.rbac.v1.Subject": {
            /** @description rbac.authorization.k8s.io for User and Group, empty for ServiceAccount. Set when empty. */
            apiGroup?: string;
            /**
             * @description User, Group or ServiceAccount.
             * @default
             */
            kind: string;
            /**
             * @description Name of the subject.
             * @default
             */
            name: string;
            /** @description Namespace of a ServiceAccount; empty for the others. */
            namespace?: string;
        };
        /** @description What a driver says of an allocated device. */
        "io.k8s.api.resource.v1.AllocatedDeviceStatus": {
            /** @description Where the device stands. At most 8. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /** @description Anything that the driver wants to tell; at most 10 KiB. */
            data?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /**
             * @description Name of the device in its pool.
             * @default
             */
            device: string;
            /**
             * @description Name of the driver.
             * @default
             */
            driver: string;
            /** @description What a network device looks like in the pod. */
            networkData?: components["schemas"]["io.k8s.api.resource.v1.NetworkDeviceData"];
            /**
             * @description Name of the pool.
             * @default
             */
            pool: string;
            /** @description Id of the share of a device that is allocated more than once. */
            shareID?: string;
        };
        /** @description What was allocated for a claim. */
        "io.k8s.api.resource.v1.AllocationResult": {
            /** @description When it was allocated. */
            allocationTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description The devices.
             * @default {}
             */
            devices?: components["schemas"]["io.k8s.api.resource.v1.DeviceAllocationResult"];
            /** @description Nodes where the devices can be used. Unset: all. */
            nodeSelector?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
        };
        /** @description A choice of devices in CEL. */
        "io.k8s.api.resource.v1.CELDeviceSelector": {
            /**
             * @description CEL expression about device; true chooses it. At most 10 KiB.
             * @default
             */
            expression: string;
        };
        /** @description How much of a capacity a request may take. */
        "io.k8s.api.resource.v1.CapacityRequestPolicy": {
            /** @description Amount taken when the request states none. */
            default?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @description Range of amounts. Not together with validValues. */
            validRange?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequestPolicyRange"];
            /** @description Amounts that can be taken; a request gets the next larger one. At most 10. */
            validValues?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"][];
        };
        /** @description A range of amounts. */
        "io.k8s.api.resource.v1.CapacityRequestPolicyRange": {
            /** @description Largest amount. Unset: the capacity. */
            max?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @description Smallest amount. */
            min: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @description Amounts are min plus a multiple of this; a request is rounded up. Unset: any. */
            step?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description How much capacity of a device is needed. */
        "io.k8s.api.resource.v1.CapacityRequirements": {
            /** @description Amount of each capacity, by its name. */
            requests?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description An amount of something that devices share. */
        "io.k8s.api.resource.v1.Counter": {
            /** @description The amount. */
            value: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description Counters of what devices of a pool share. */
        "io.k8s.api.resource.v1.CounterSet": {
            /** @description The counters, by name. At most 32. */
            counters: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.Counter"];
            };
            /**
             * @description Name of the set, unique in the pool.
             * @default
             */
            name: string;
        };
        /** @description A device of a driver. */
        "io.k8s.api.resource.v1.Device": {
            /** @description Whether all nodes can reach the device. Only with perDeviceNodeSelection. */
            allNodes?: boolean;
            /** @description Whether more than one request can have the device at once. Default: false. */
            allowMultipleAllocations?: boolean;
            /** @description Facts about the device, by name. At most 32 with the capacities. */
            attributes?: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.DeviceAttribute"];
            };
            /** @description Conditions of the device that must be True before the pod is bound. At most 4. */
            bindingConditions?: string[];
            /** @description Conditions of the device; when one is True, binding has failed. At most 4. */
            bindingFailureConditions?: string[];
            /** @description Whether the allocation holds the claim to the node that was chosen. Default: false. */
            bindsToNode?: boolean;
            /** @description Amounts that the device has, by name. At most 32 with the attributes. */
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.DeviceCapacity"];
            };
            /** @description What the device takes from shared counters. At most 2. */
            consumesCounters?: components["schemas"]["io.k8s.api.resource.v1.DeviceCounterConsumption"][];
            /**
             * @description Name of the device, unique in the pool; a DNS label.
             * @default
             */
            name: string;
            /** @description Resources of the node, such as cpu, that the device takes, by name. */
            nodeAllocatableResourceMappings?: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.NodeAllocatableResourceMapping"];
            };
            /** @description Node that the device is at. Only with perDeviceNodeSelection. */
            nodeName?: string;
            /** @description Nodes that can reach the device. Only with perDeviceNodeSelection. */
            nodeSelector?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
            /** @description Keep claims without a toleration off the device. At most 16. */
            taints?: components["schemas"]["io.k8s.api.resource.v1.DeviceTaint"][];
        };
        /** @description Settings for the driver of allocated devices. */
        "io.k8s.api.resource.v1.DeviceAllocationConfiguration": {
            /** @description Settings that only the driver understands. */
            opaque?: components["schemas"]["io.k8s.api.resource.v1.OpaqueDeviceConfiguration"];
            /** @description Requests that they are for. Empty: all. */
            requests?: string[];
            /**
             * @description FromClass or FromClaim: where they come from. Those of the claim win.
             * @default
             */
            source: string;
        };
        /** @description The devices that were allocated. */
        "io.k8s.api.resource.v1.DeviceAllocationResult": {
            /** @description Settings of class and claim, the weaker ones first. */
            config?: components["schemas"]["io.k8s.api.resource.v1.DeviceAllocationConfiguration"][];
            /** @description The devices. At most 32. */
            results?: components["schemas"]["io.k8s.api.resource.v1.DeviceRequestAllocationResult"][];
        };
        /** @description A fact about a device; exactly one field is set. */
        "io.k8s.api.resource.v1.DeviceAttribute": {
            /** @description A boolean. */
            bool?: boolean;
            /** @description Booleans. */
            bools?: boolean[];
            /**
             * Format: int64
             * @description A whole number.
             */
            int?: number;
            /** @description Whole numbers. */
            ints?: number[];
            /** @description A text of at most 64 characters. */
            string?: string;
            /** @description Texts of at most 64 characters. */
            strings?: string[];
            /** @description A version, such as 1.2.3. */
            version?: string;
            /** @description Versions. */
            versions?: string[];
        };
        /** @description An amount that a device has. */
        "io.k8s.api.resource.v1.DeviceCapacity": {
            /** @description How much a request may take, of a device with allowMultipleAllocations. Unset: any amount. */
            requestPolicy?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequestPolicy"];
            /** @description The amount. */
            value: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description Requests for devices, and what must be true of them together. */
        "io.k8s.api.resource.v1.DeviceClaim": {
            /** @description Settings for the drivers. At most 32. */
            config?: components["schemas"]["io.k8s.api.resource.v1.DeviceClaimConfiguration"][];
            /** @description What must be true of the devices together. At most 32. */
            constraints?: components["schemas"]["io.k8s.api.resource.v1.DeviceConstraint"][];
            /** @description Requests, all of which must be met. At most 32. */
            requests?: components["schemas"]["io.k8s.api.resource.v1.DeviceRequest"][];
        };
        /** @description Settings for the driver of some requests. */
        "io.k8s.api.resource.v1.DeviceClaimConfiguration": {
            /** @description Settings that only the driver understands. */
            opaque?: components["schemas"]["io.k8s.api.resource.v1.OpaqueDeviceConfiguration"];
            /** @description Requests that they are for; REQUEST/SUBREQUEST for an alternative. Empty: all. */
            requests?: string[];
        };
        /** @description Devices of a sort, with settings. */
        "io.k8s.api.resource.v1.DeviceClass": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which devices belong to the class, and their settings.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.resource.v1.DeviceClassSpec"];
        };
        /** @description Settings for the driver of all devices of a class. */
        "io.k8s.api.resource.v1.DeviceClassConfiguration": {
            /** @description Settings that only the driver understands. */
            opaque?: components["schemas"]["io.k8s.api.resource.v1.OpaqueDeviceConfiguration"];
        };
        /** @description Which devices belong to a class. */
        "io.k8s.api.resource.v1.DeviceClassSpec": {
            /** @description Settings for the drivers. At most 32. */
            config?: components["schemas"]["io.k8s.api.resource.v1.DeviceClassConfiguration"][];
            /** @description Name of an extended resource that containers can ask for instead of a claim. */
            extendedResourceName?: string;
            /** @description Conditions, all of which a device must meet. At most 32. */
            selectors?: components["schemas"]["io.k8s.api.resource.v1.DeviceSelector"][];
        };
        /** @description Something that must be true of devices together; one attribute is set. */
        "io.k8s.api.resource.v1.DeviceConstraint": {
            /** @description Attribute whose value must differ between all the devices. */
            distinctAttribute?: string;
            /** @description Attribute whose value must be the same for all the devices. */
            matchAttribute?: string;
            /** @description Requests that it is about. Empty: all. */
            requests?: string[];
        };
        /** @description What a device takes from a set of counters. */
        "io.k8s.api.resource.v1.DeviceCounterConsumption": {
            /**
             * @description Name of the set.
             * @default
             */
            counterSet: string;
            /** @description Amount of each counter, by name. At most 32. */
            counters: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.Counter"];
            };
        };
        /** @description A request for devices; one of exactly and firstAvailable is set. */
        "io.k8s.api.resource.v1.DeviceRequest": {
            /** @description Devices of one sort. */
            exactly?: components["schemas"]["io.k8s.api.resource.v1.ExactDeviceRequest"];
            /** @description Alternatives; the first that can be met is taken. At most 8. */
            firstAvailable?: components["schemas"]["io.k8s.api.resource.v1.DeviceSubRequest"][];
            /**
             * @description Name of the request, unique in the claim; a DNS label.
             * @default
             */
            name: string;
        };
        /** @description One device that was allocated. */
        "io.k8s.api.resource.v1.DeviceRequestAllocationResult": {
            /** @description Whether it was allocated for looking after it, beside other users. */
            adminAccess?: boolean;
            /** @description Conditions of the device that must be True before the pod is bound. */
            bindingConditions?: string[];
            /** @description Conditions of the device; when one is True, binding has failed. */
            bindingFailureConditions?: string[];
            /** @description Amount of each capacity that is taken, of a shared device. */
            consumedCapacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /**
             * @description Name of the device in its pool.
             * @default
             */
            device: string;
            /**
             * @description Name of the driver.
             * @default
             */
            driver: string;
            /**
             * @description Name of the pool.
             * @default
             */
            pool: string;
            /**
             * @description Request that it was allocated for; REQUEST/SUBREQUEST for an alternative.
             * @default
             */
            request: string;
            /** @description Id of the share of a device that is allocated more than once. */
            shareID?: string;
            /** @description Taints of the device that are accepted. */
            tolerations?: components["schemas"]["io.k8s.api.resource.v1.DeviceToleration"][];
        };
        /** @description A choice of devices. */
        "io.k8s.api.resource.v1.DeviceSelector": {
            /** @description A condition in CEL. */
            cel?: components["schemas"]["io.k8s.api.resource.v1.CELDeviceSelector"];
        };
        /** @description One alternative of a request. */
        "io.k8s.api.resource.v1.DeviceSubRequest": {
            /** @description ExactCount for count devices, All for all that match in a pool. Default: ExactCount. */
            allocationMode?: string;
            /** @description Capacity that each device must have free. */
            capacity?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequirements"];
            /**
             * Format: int64
             * @description Number of devices. Only with ExactCount. Default: 1.
             */
            count?: number;
            /**
             * @description Name of the DeviceClass.
             * @default
             */
            deviceClassName: string;
            /**
             * @description Name of the alternative, unique in the request; a DNS label.
             * @default
             */
            name: string;
            /** @description Further conditions, all of which a device must meet. At most 32. */
            selectors?: components["schemas"]["io.k8s.api.resource.v1.DeviceSelector"][];
            /** @description Taints of devices that are accepted. At most 16. */
            tolerations?: components["schemas"]["io.k8s.api.resource.v1.DeviceToleration"][];
        };
        /** @description Keeps claims without a matching toleration off a device. */
        "io.k8s.api.resource.v1.DeviceTaint": {
            /**
             * @description NoSchedule: not allocated; NoExecute: pods that use it are evicted too; None: only told.
             * @default
             */
            effect: string;
            /**
             * @description Key of the taint.
             * @default
             */
            key: string;
            /** @description When the taint was added. Set when absent. */
            timeAdded?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Value of the taint. */
            value?: string;
        };
        /** @description Lets a claim have devices with a matching taint. */
        "io.k8s.api.resource.v1.DeviceToleration": {
            /** @description Effect of the taint: NoSchedule or NoExecute. Unset: any. */
            effect?: string;
            /** @description Key of the taint. Unset, with operator Exists: any. */
            key?: string;
            /**
             * @description Exists or Equal: how the value of the taint is compared. Default: Equal.
             * @default Equal
             */
            operator?: string;
            /**
             * Format: int64
             * @description With effect NoExecute: seconds that the pod stays after the taint came. Unset: for good.
             */
            tolerationSeconds?: number;
            /** @description Value of the taint. Empty with Exists. */
            value?: string;
        };
        /** @description A class, conditions and a number of devices. */
        "io.k8s.api.resource.v1.ExactDeviceRequest": {
            /** @description Whether devices are wanted for looking after them, beside other users. The namespace must allow it. */
            adminAccess?: boolean;
            /** @description ExactCount for count devices, All for all that match in a pool. Default: ExactCount. */
            allocationMode?: string;
            /** @description Capacity that each device must have free. */
            capacity?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequirements"];
            /**
             * Format: int64
             * @description Number of devices. Only with ExactCount. Default: 1.
             */
            count?: number;
            /**
             * @description Name of the DeviceClass.
             * @default
             */
            deviceClassName: string;
            /** @description Further conditions, all of which a device must meet. At most 32. */
            selectors?: components["schemas"]["io.k8s.api.resource.v1.DeviceSelector"][];
            /** @description Taints of devices that are accepted. At most 16. */
            tolerations?: components["schemas"]["io.k8s.api.resource.v1.DeviceToleration"][];
        };
        /** @description What a network device looks like in a pod. */
        "io.k8s.api.resource.v1.NetworkDeviceData": {
            /** @description Hardware address, such as a MAC address. */
            hardwareAddress?: string;
            /** @description Name of the network interface. */
            interfaceName?: string;
            /** @description Addresses with prefix, such as 10.0.0.7/24. At most 16. */
            ips?: string[];
        };
        /** @description How much of a resource of the node a device takes. */
        "io.k8s.api.resource.v1.NodeAllocatableResourceMapping": {
            /** @description Amount for each device, or for each unit of the capacity. Default: 1. */
            allocationMultiplier?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @description Capacity of the device whose amount is taken. Unset: the device itself counts. */
            capacityKey?: string;
        };
        /** @description Settings that only a driver understands. */
        "io.k8s.api.resource.v1.OpaqueDeviceConfiguration": {
            /**
             * @description Name of the driver.
             * @default
             */
            driver: string;
            /** @description The settings: an object with apiVersion and kind, at most 10 KiB. */
            parameters: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
        };
        /** @description Asks for devices. */
        "io.k8s.api.resource.v1.ResourceClaim": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Devices that are asked for. Can not change.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimSpec"];
            /**
             * @description What was allocated, and for whom.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimStatus"];
        };
        /** @description Someone who uses a claim. */
        "io.k8s.api.resource.v1.ResourceClaimConsumerReference": {
            /** @description Group of the consumer; empty for the core group. */
            apiGroup?: string;
            /**
             * @description Name of the consumer.
             * @default
             */
            name: string;
            /**
             * @description Resource of the consumer, such as pods.
             * @default
             */
            resource: string;
            /**
             * @description Unique id of the consumer.
             * @default
             */
            uid: string;
        };
        /** @description What a claim asks for. */
        "io.k8s.api.resource.v1.ResourceClaimSpec": {
            /**
             * @description Devices that are asked for.
             * @default {}
             */
            devices?: components["schemas"]["io.k8s.api.resource.v1.DeviceClaim"];
        };
        /** @description What was allocated for a claim. */
        "io.k8s.api.resource.v1.ResourceClaimStatus": {
            /** @description What was allocated. Unset while nothing is. */
            allocation?: components["schemas"]["io.k8s.api.resource.v1.AllocationResult"];
            /** @description What the drivers say of each device. */
            devices?: components["schemas"]["io.k8s.api.resource.v1.AllocatedDeviceStatus"][];
            /** @description Who uses the claim. At most 256. */
            reservedFor?: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimConsumerReference"][];
        };
        /** @description From which claims for pods are made. */
        "io.k8s.api.resource.v1.ResourceClaimTemplate": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What the claims look like. Can not change.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimTemplateSpec"];
        };
        /** @description What claims made for pods look like. */
        "io.k8s.api.resource.v1.ResourceClaimTemplateSpec": {
            /**
             * @description Labels and annotations of the claims.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Devices that the claims ask for.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimSpec"];
        };
        /** @description The pool that the devices of a slice belong to. */
        "io.k8s.api.resource.v1.ResourcePool": {
            /**
             * Format: int64
             * @description Number that goes up with each change of the pool. Slices of older ones do not count.
             * @default 0
             */
            generation: number;
            /**
             * @description Name of the pool, often that of the node.
             * @default
             */
            name: string;
            /**
             * Format: int64
             * @description Number of slices of the pool in this generation.
             * @default 0
             */
            resourceSliceCount: number;
        };
        /** @description Devices that a driver offers. */
        "io.k8s.api.resource.v1.ResourceSlice": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description The pool, its nodes and its devices.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceSliceSpec"];
        };
        /** @description Devices of a pool, and the nodes that reach them; exactly one way of naming nodes is set. */
        "io.k8s.api.resource.v1.ResourceSliceSpec": {
            /** @description Whether all nodes can reach the devices. */
            allNodes?: boolean;
            /** @description The devices; at most 128, or 64 when taints or counters are used. */
            devices?: components["schemas"]["io.k8s.api.resource.v1.Device"][];
            /**
             * @description Name of the driver. Can not change.
             * @default
             */
            driver: string;
            /** @description Node that the devices are at. Can not change. */
            nodeName?: string;
            /** @description Nodes that can reach the devices. */
            nodeSelector?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
            /** @description Whether each device states its nodes itself. */
            perDeviceNodeSelection?: boolean;
            /**
             * @description The pool that the devices belong to.
             * @default {}
             */
            pool: components["schemas"]["io.k8s.api.resource.v1.ResourcePool"];
            /** @description Counters of what devices share. Not together with devices. At most 8. */
            sharedCounters?: components["schemas"]["io.k8s.api.resource.v1.CounterSet"][];
        };
        /** @description A name for a priority of pods. */
        "io.k8s.api.scheduling.v1.PriorityClass": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description When to use the class, for people. */
            description?: string;
            /** @description Whether pods without a class get this one. At most one class. Default: false. */
            globalDefault?: boolean;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description PreemptLowerPriority displaces less important pods, Never waits. Default: PreemptLowerPriority. */
            preemptionPolicy?: string;
            /**
             * Format: int32
             * @description Priority of the pods; higher is more important. At most 1000000000. Can not change.
             * @default 0
             */
            value?: number;
        };
        /** @description What a storage driver can do. */
        "io.k8s.api.storage.v1.CSIDriver": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What the driver can do and needs.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.storage.v1.CSIDriverSpec"];
        };
        /** @description What a CSI driver can do and needs. */
        "io.k8s.api.storage.v1.CSIDriverSpec": {
            /** @description Whether volumes must be attached before they are mounted. Can not change. Default: true. */
            attachRequired?: boolean;
            /** @description Whether the owner of volumes is changed to fsGroup: ReadWriteOnceWithFSType, File or None. Default: ReadWriteOnceWithFSType. */
            fsGroupPolicy?: string;
            /**
             * Format: int64
             * @description Seconds between updates of how many volumes nodes can have, 10 or more. Unset: none.
             */
            nodeAllocatableUpdatePeriodSeconds?: number;
            /** @description Whether the driver is told which pod mounts. Default: false. */
            podInfoOnMount?: boolean;
            /** @description Whether pods with its volumes stay off nodes without the driver. Default: false. */
            preventPodSchedulingIfMissing?: boolean;
            /** @description Whether mounts are repeated from time to time, so that contents stay fresh. Default: false. */
            requiresRepublish?: boolean;
            /** @description Whether volumes can be mounted with an SELinux label. Default: false. */
            seLinuxMount?: boolean;
            /** @description Whether tokens are handed over as secrets, not as volume context. Needs tokenRequests. Default: false. */
            serviceAccountTokenInSecrets?: boolean;
            /** @description Whether the scheduler looks at the free space that CSIStorageCapacity states. Default: false. */
            storageCapacity?: boolean;
            /** @description Tokens of the service account of the pod that the driver gets. */
            tokenRequests?: components["schemas"]["io.k8s.api.storage.v1.TokenRequest"][];
            /** @description Kinds of volumes: Persistent, Ephemeral or both. Can not change. Default: Persistent. */
            volumeLifecycleModes?: string[];
        };
        /** @description Storage drivers on a node. */
        "io.k8s.api.storage.v1.CSINode": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Drivers of the node.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.storage.v1.CSINodeSpec"];
        };
        /** @description A driver on a node. */
        "io.k8s.api.storage.v1.CSINodeDriver": {
            /** @description How much of its volumes the node can have. */
            allocatable?: components["schemas"]["io.k8s.api.storage.v1.VolumeNodeResources"];
            /**
             * @description Name of the driver.
             * @default
             */
            name: string;
            /**
             * @description Name of the node for the driver.
             * @default
             */
            nodeID: string;
            /** @description Labels of the node that say where volumes can be reached. */
            topologyKeys?: string[];
        };
        /** @description Drivers of a node. */
        "io.k8s.api.storage.v1.CSINodeSpec": {
            /** @description The drivers. Empty when there are none. */
            drivers: components["schemas"]["io.k8s.api.storage.v1.CSINodeDriver"][];
        };
        /** @description Storage that is left of a class in one part of the cluster. */
        "io.k8s.api.storage.v1.CSIStorageCapacity": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Free space. Unset: unknown. */
            capacity?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /** @description Largest volume that can be made. Unset: unknown. */
            maximumVolumeSize?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Nodes that can reach the storage. Unset: none. Can not change. */
            nodeTopology?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description Name of the StorageClass. Can not change.
             * @default
             */
            storageClassName: string;
        };
        /** @description A way in which volumes are made. */
        "io.k8s.api.storage.v1.StorageClass": {
            /** @description Whether volumes may grow. Default: false. */
            allowVolumeExpansion?: boolean;
            /** @description Places where volumes may be made. Unset: anywhere. */
            allowedTopologies?: components["schemas"]["io.k8s.api.core.v1.TopologySelectorTerm"][];
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Options for mounting, such as ro. A wrong one shows only when the mount fails. */
            mountOptions?: string[];
            /** @description Settings for the driver. Can not change. */
            parameters?: {
                [key: string]: string;
            };
            /**
             * @description Driver that makes the volumes. Can not change.
             * @default
             */
            provisioner: string;
            /** @description When a claim goes: Delete removes its volume, Retain keeps it. Can not change. Default: Delete. */
            reclaimPolicy?: string;
            /** @description Immediate makes volumes at once, WaitForFirstConsumer when a pod is placed. Can not change. Default: Immediate. */
            volumeBindingMode?: string;
        };
        /** @description A token that a driver gets. */
        "io.k8s.api.storage.v1.TokenRequest": {
            /**
             * @description Who is to accept the token. Empty: the API server.
             * @default
             */
            audience: string;
            /**
             * Format: int64
             * @description Lifetime in seconds, 600 or more. Default: 3600.
             */
            expirationSeconds?: number;
        };
        /** @description Asks that a volume be attached to a node. */
        "io.k8s.api.storage.v1.VolumeAttachment": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: which volume at which node.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.api.storage.v1.VolumeAttachmentSpec"];
            /**
             * @description Seen state: whether it is attached.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.api.storage.v1.VolumeAttachmentStatus"];
        };
        /** @description A volume; exactly one field is set. */
        "io.k8s.api.storage.v1.VolumeAttachmentSource": {
            /** @description The volume itself, of a pod whose volume was moved to CSI. */
            inlineVolumeSpec?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeSpec"];
            /** @description Name of a PersistentVolume. */
            persistentVolumeName?: string;
        };
        /** @description Which volume should be attached to which node. */
        "io.k8s.api.storage.v1.VolumeAttachmentSpec": {
            /**
             * @description Name of the CSI driver that does it.
             * @default
             */
            attacher: string;
            /**
             * @description Name of the node.
             * @default
             */
            nodeName: string;
            /**
             * @description The volume.
             * @default {}
             */
            source: components["schemas"]["io.k8s.api.storage.v1.VolumeAttachmentSource"];
        };
        /** @description Whether a volume is attached. */
        "io.k8s.api.storage.v1.VolumeAttachmentStatus": {
            /** @description What went wrong when it was last attached. */
            attachError?: components["schemas"]["io.k8s.api.storage.v1.VolumeError"];
            /**
             * @description Whether it is attached.
             * @default false
             */
            attached: boolean;
            /** @description What the driver needs to know for mounting. */
            attachmentMetadata?: {
                [key: string]: string;
            };
            /** @description What went wrong when it was last detached. */
            detachError?: components["schemas"]["io.k8s.api.storage.v1.VolumeError"];
        };
        /** @description Changeable attributes of volumes. */
        "io.k8s.api.storage.v1.VolumeAttributesClass": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /**
             * @description Name of the CSI driver. Can not change.
             * @default
             */
            driverName: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Settings for the driver. Can not change. */
            parameters?: {
                [key: string]: string;
            };
        };
        /** @description Something that went wrong. */
        "io.k8s.api.storage.v1.VolumeError": {
            /**
             * Format: int32
             * @description gRPC code of the error.
             */
            errorCode?: number;
            /** @description What went wrong, for people. */
            message?: string;
            /** @description When it went wrong. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description How much of the volumes of a driver a node can have. */
        "io.k8s.api.storage.v1.VolumeNodeResources": {
            /**
             * Format: int32
             * @description Number of volumes. Unset: no limit.
             */
            count?: number;
        };
        /** @description A column of kubectl get. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition": {
            /** @description What the column shows, for people. */
            description?: string;
            /** @description OpenAPI format of the value, such as int32. `name` marks the name of the object. */
            format?: string;
            /**
             * @description JSON path of the value in the object.
             * @default
             */
            jsonPath: string;
            /**
             * @description Heading of the column.
             * @default
             */
            name: string;
            /**
             * Format: int32
             * @description 0: always shown; above 0: only with -o wide.
             */
            priority?: number;
            /**
             * @description integer, number, string, boolean or date.
             * @default
             */
            type: string;
        };
        /** @description How objects are converted between versions. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion": {
            /**
             * @description None changes apiVersion only, Webhook asks a webhook. Default: None.
             * @default
             */
            strategy: string;
            /** @description The webhook. Only and always with strategy Webhook. */
            webhook?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion"];
        };
        /** @description A kind of your own. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Wanted state: names, scope and versions of the kind.
             * @default {}
             */
            spec: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec"];
            /**
             * @description Seen state: accepted names and whether the kind is served.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus"];
        };
        /** @description One aspect of the state of a definition. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /**
             * Format: int64
             * @description metadata.generation that the condition is about.
             */
            observedGeneration?: number;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Established, NamesAccepted, NonStructuralSchema, KubernetesAPIApprovalPolicyConformant or Terminating.
             * @default
             */
            type: string;
        };
        /** @description Names of a kind. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames": {
            /** @description Groups of resources it belongs to, such as all. */
            categories?: string[];
            /**
             * @description Name of the kind, such as CronTab.
             * @default
             */
            kind: string;
            /** @description Name of the kind of its list. Default: KINDList. */
            listKind?: string;
            /**
             * @description Plural name in URLs, in lower case, such as crontabs.
             * @default
             */
            plural: string;
            /** @description Short names for typing, in lower case. */
            shortNames?: string[];
            /** @description Singular name, in lower case. Default: kind in lower case. */
            singular?: string;
        };
        /** @description What a kind is like. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec": {
            /** @description How objects are converted between versions. Default: strategy None. */
            conversion?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion"];
            /**
             * @description Group of the kind. Can not change.
             * @default
             */
            group: string;
            /**
             * @description Names of the kind.
             * @default {}
             */
            names: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"];
            /** @description Whether unknown fields are kept. Must be false; use x-kubernetes-preserve-unknown-fields. */
            preserveUnknownFields?: boolean;
            /**
             * @description Cluster or Namespaced. Can not change.
             * @default
             */
            scope: string;
            /** @description Versions of the kind. Discovery sorts them by age: v2, v1, v1beta1. */
            versions: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion"][];
        };
        /** @description What was last seen of a definition. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus": {
            /**
             * @description Names in use. They differ from spec.names when those were taken.
             * @default {}
             */
            acceptedNames?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"];
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition"][];
            /**
             * Format: int64
             * @description metadata.generation that this status is about.
             */
            observedGeneration?: number;
            /** @description Versions in which objects were ever stored. None of them may go from the spec. */
            storedVersions?: string[];
        };
        /** @description One version of a kind. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion": {
            /** @description Columns of kubectl get after the name. Default: the age. */
            additionalPrinterColumns?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition"][];
            /** @description Whether requests for this version get a warning. Default: false. */
            deprecated?: boolean;
            /** @description Text of the warning, at most 256 characters. Only with deprecated. Default: one that names a newer version. */
            deprecationWarning?: string;
            /**
             * @description Name of the version, such as v1beta1.
             * @default
             */
            name: string;
            /** @description What the objects look like. */
            schema?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation"];
            /** @description Fields that can be used in field selectors. At most 8. */
            selectableFields?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField"][];
            /**
             * @description Whether the version is served.
             * @default false
             */
            served: boolean;
            /**
             * @description Whether objects are stored in this version. Exactly one version is.
             * @default false
             */
            storage: boolean;
            /** @description Subresources: status and scale. */
            subresources?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources"];
        };
        /** @description How the subresource scale reads and writes an object. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale": {
            /** @description Path of the label selector as text, below .status or .spec. Needed by autoscalers. */
            labelSelectorPath?: string;
            /**
             * @description Path of the wanted number of replicas, below .spec.
             * @default
             */
            specReplicasPath: string;
            /**
             * @description Path of the seen number of replicas, below .status. Missing counts as 0.
             * @default
             */
            statusReplicasPath: string;
        };
        /** @description Turns the subresource status on: the spec and the status are then written apart. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus": Record<string, never>;
        /** @description Subresources of a kind. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources": {
            /** @description Turns the subresource scale on. */
            scale?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale"];
            /** @description Turns the subresource status on. */
            status?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus"];
        };
        /** @description What objects look like. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation": {
            /** @description Schema of the objects. Must be structural. */
            openAPIV3Schema?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
        };
        /** @description A link to documentation. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation": {
            /** @description What is found there. */
            description?: string;
            /** @description Where it is. */
            url?: string;
        };
        /** @description Any JSON value. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": unknown;
        /** @description A JSON schema: OpenAPI 3.0 with extensions, as a structural schema allows. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps": {
            /** @description Not allowed here. */
            $ref?: string;
            /** @description Dialect of the schema; not looked at. */
            $schema?: string;
            /** @description Not allowed here. */
            additionalItems?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool"];
            /** @description Schema of the values of a map, or true. Not together with properties. */
            additionalProperties?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool"];
            /** @description Schemas, all of which must hold. */
            allOf?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
            /** @description Schemas, one of which must hold at least. */
            anyOf?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
            /** @description What an absent field is set to. */
            default?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"];
            /** @description Not allowed here. */
            definitions?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            };
            /** @description Not allowed here. */
            dependencies?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray"];
            };
            /** @description What the field is, for people. */
            description?: string;
            /** @description Values that are allowed. */
            enum?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"][];
            /** @description An example of a value. */
            example?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"];
            /** @description Whether maximum itself is not allowed. */
            exclusiveMaximum?: boolean;
            /** @description Whether minimum itself is not allowed. */
            exclusiveMinimum?: boolean;
            /** @description Documentation that is somewhere else. */
            externalDocs?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation"];
            /** @description Format of the value, such as int32, date-time or ipv4. Unknown ones are not looked at. */
            format?: string;
            /** @description Not allowed here. */
            id?: string;
            /** @description Schema of the items of a list. */
            items?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray"];
            /**
             * Format: int64
             * @description Most items of a list.
             */
            maxItems?: number;
            /**
             * Format: int64
             * @description Most characters of a text.
             */
            maxLength?: number;
            /**
             * Format: int64
             * @description Most keys of a map.
             */
            maxProperties?: number;
            /**
             * Format: double
             * @description Largest number.
             */
            maximum?: number;
            /**
             * Format: int64
             * @description Fewest items of a list.
             */
            minItems?: number;
            /**
             * Format: int64
             * @description Fewest characters of a text.
             */
            minLength?: number;
            /**
             * Format: int64
             * @description Fewest keys of a map.
             */
            minProperties?: number;
            /**
             * Format: double
             * @description Smallest number.
             */
            minimum?: number;
            /**
             * Format: double
             * @description The number is a multiple of this.
             */
            multipleOf?: number;
            /** @description A schema that must not hold. */
            not?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            /** @description Whether null is allowed. Default: false. */
            nullable?: boolean;
            /** @description Schemas, exactly one of which must hold. */
            oneOf?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
            /** @description Regular expression that matches somewhere in a text. */
            pattern?: string;
            /** @description Not allowed here. */
            patternProperties?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            };
            /** @description Schemas of the fields, by name. */
            properties?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            };
            /** @description Fields that must be there. */
            required?: string[];
            /** @description A heading, for people. */
            title?: string;
            /** @description object, array, string, integer, number or boolean. */
            type?: string;
            /** @description Must not be true; use x-kubernetes-list-type: set. */
            uniqueItems?: boolean;
            /** @description Whether the value is an object with apiVersion, kind and metadata. */
            "x-kubernetes-embedded-resource"?: boolean;
            /** @description Whether the value is an integer or a text. type is unset then. */
            "x-kubernetes-int-or-string"?: boolean;
            /** @description Fields that tell the items of a map list apart. */
            "x-kubernetes-list-map-keys"?: string[];
            /** @description How changes of a list are merged: atomic, set or map. Default: atomic. */
            "x-kubernetes-list-type"?: string;
            /** @description How changes of an object are merged: granular or atomic. Default: granular. */
            "x-kubernetes-map-type"?: string;
            /** @description true: fields without a schema are kept here. */
            "x-kubernetes-preserve-unknown-fields"?: boolean;
            /** @description Rules in CEL. */
            "x-kubernetes-validations"?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule"][];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"] | components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"] | boolean;
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"] | string[];
        /** @description A field that can be used in field selectors. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField": {
            /**
             * @description JSON path of the field, without lists. Must be text, a boolean or an integer; not in metadata.
             * @default
             */
            jsonPath: string;
        };
        /** @description A Service that a webhook is behind. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference": {
            /**
             * @description Name of the Service.
             * @default
             */
            name: string;
            /**
             * @description Namespace of the Service.
             * @default
             */
            namespace: string;
            /** @description Path of the request. */
            path?: string;
            /**
             * Format: int32
             * @description Port of the Service. Default: 443.
             */
            port?: number;
        };
        /** @description A rule in CEL about a value. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule": {
            /** @description Path of the field that the error names, below this value, such as .spec.replicas. */
            fieldPath?: string;
            /** @description What is told when it fails. Needed when the rule has line breaks. */
            message?: string;
            /** @description CEL expression for the message; wins over message. */
            messageExpression?: string;
            /** @description true: a rule that reads oldSelf runs on creation too, with oldSelf as an optional. */
            optionalOldSelf?: boolean;
            /** @description FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate. Default: FieldValueInvalid. */
            reason?: string;
            /**
             * @description CEL expression about self; false is an error. One that reads oldSelf runs on updates only.
             * @default
             */
            rule: string;
        };
        /** @description Where a webhook is; exactly one of service and url is set. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig": {
            /**
             * Format: byte
             * @description PEM certificates of the authorities that signed that of the webhook. Unset: those of the system.
             */
            caBundle?: string;
            /** @description A Service in the cluster. */
            service?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference"];
            /** @description HTTPS URL, without user, query and fragment. */
            url?: string;
        };
        /** @description A webhook that converts objects. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion": {
            /** @description Where the webhook is. */
            clientConfig?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig"];
            /** @description Versions of ConversionReview that the webhook knows, the best first. */
            conversionReviewVersions: string[];
        };
        "io.k8s.apimachinery.pkg.api.resource.Quantity": string;
        /** @description One aspect of the state of an object. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.Condition": {
            /** @description When the status last changed. */
            lastTransitionTime: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description Why, for people. May be empty.
             * @default
             */
            message: string;
            /**
             * Format: int64
             * @description metadata.generation that the condition is about.
             */
            observedGeneration?: number;
            /**
             * @description Why, in one word such as MinimumReplicasAvailable.
             * @default
             */
            reason: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Name of the aspect, such as Ready.
             * @default
             */
            type: string;
        };
        /** @description How to delete. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description All: check everything but store nothing. Empty: delete. */
            dryRun?: string[];
            /**
             * Format: int64
             * @description Seconds for a graceful end; 0 deletes at once. Unset: the default of the kind.
             */
            gracePeriodSeconds?: number;
            /** @description true: delete an object that can not be read any more, past finalizers. Dangerous. Default: false. */
            ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /** @description Deprecated: use propagationPolicy. true leaves dependents behind. */
            orphanDependents?: boolean;
            /** @description What must be true of the object; else the delete is a conflict. */
            preconditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions"];
            /** @description Orphan leaves dependents behind, Background deletes them afterwards, Foreground before. Default: that of the kind. */
            propagationPolicy?: string;
        };
        /** @description One condition on a field. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement": {
            /**
             * @description Path of the field.
             * @default
             */
            key: string;
            /**
             * @description In, NotIn, Exists or DoesNotExist.
             * @default
             */
            operator: string;
            /** @description Values to compare with; none for Exists and DoesNotExist. */
            values?: string[];
        };
        /** @description A set of fields as a tree: f:NAME is a field, k:KEYS an item of a list. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": Record<string, never>;
        /** @description A choice of objects by label: all conditions must hold. Empty matches everything. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector": {
            /** @description Conditions, all of which must hold. */
            matchExpressions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement"][];
            /** @description Labels with the values that they must have. */
            matchLabels?: {
                [key: string]: string;
            };
        };
        /** @description One condition on a label. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement": {
            /**
             * @description Key of the label.
             * @default
             */
            key: string;
            /**
             * @description In, NotIn, Exists or DoesNotExist.
             * @default
             */
            operator: string;
            /** @description Values to compare with; none for Exists and DoesNotExist. */
            values?: string[];
        };
        /** @description Fields that one manager owns through one way of writing. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry": {
            /** @description Group and version in which the fields are named. */
            apiVersion?: string;
            /** @description Format of the fields: FieldsV1. */
            fieldsType?: string;
            /** @description The fields, as a tree. */
            fieldsV1?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"];
            /** @description Name of the manager: a user agent or what an apply stated. */
            manager?: string;
            /** @description Apply or Update: how the fields came to be owned. */
            operation?: string;
            /** @description Subresource through which they were written; empty for the object itself. */
            subresource?: string;
            /** @description When the set of fields, or the manager, last changed. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /**
         * Format: date-time
         * @description A time in microseconds, RFC 3339.
         */
        "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": string;
        /** @description Facts that every stored object has: name, labels, owners, versions. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": {
            /** @description Text of any form by key, for tools. Nothing selects by it. At most 256 KiB in all. */
            annotations?: {
                [key: string]: string;
            };
            /** @description CreationTimestamp is a timestamp: when the server stored it first. */
            creationTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int64
             * @description Seconds that were granted for a graceful end. Set by a delete; it can only get shorter.
             */
            deletionGracePeriodSeconds?: number;
            /** @description When the object is to be gone. Set by a delete, and never taken back. */
            deletionTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Who must still clean up. The object stays until the list is empty, even after a delete. */
            finalizers?: string[];
            /** @description Beginning of a name, used when name is unset: the server adds five random characters. */
            generateName?: string;
            /**
             * Format: int64
             * @description Number that goes up with each change of the wanted state.
             */
            generation?: number;
            /** @description Keys and values by which objects are selected. */
            labels?: {
                [key: string]: string;
            };
            /** @description Who owns which fields, kept by the server for server-side apply. */
            managedFields?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry"][];
            /** @description Name, unique within kind and namespace. It can not change. */
            name?: string;
            /** @description Namespace the object lives in; empty for cluster-wide kinds. It can not change. */
            namespace?: string;
            /** @description Objects that this one belongs to. When all are gone, it is deleted too. */
            ownerReferences?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference"][];
            /** @description Version of the object, opaque to clients: for optimistic locking and for watching from. */
            resourceVersion?: string;
            /** @description No longer set. */
            selfLink?: string;
            /** @description Id given by the server, unique for all time: tells objects of the same name apart. */
            uid?: string;
        };
        /** @description An object that another belongs to. When all owners are gone, it is deleted too. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference": {
            /**
             * @description Group and version of the owner.
             * @default
             */
            apiVersion: string;
            /** @description true: a foreground deletion of the owner waits for this object. Default: false. */
            blockOwnerDeletion?: boolean;
            /** @description true: the owner manages this object. At most one owner can. Default: false. */
            controller?: boolean;
            /**
             * @description Kind of the owner.
             * @default
             */
            kind: string;
            /**
             * @description Name of the owner. It is in the same namespace, or cluster-wide.
             * @default
             */
            name: string;
            /**
             * @description Unique id of the owner.
             * @default
             */
            uid: string;
        };
        /** @description What must be true of an object for a delete to happen; else it is a conflict. */
        "io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions": {
            /** @description Version that the object must have. */
            resourceVersion?: string;
            /** @description Unique id that the object must have. */
            uid?: string;
        };
        /**
         * Format: date-time
         * @description A time in whole seconds, RFC 3339.
         */
        "io.k8s.apimachinery.pkg.apis.meta.v1.Time": string;
        /** @description An object of any shape, kept as it is. */
        "io.k8s.apimachinery.pkg.runtime.RawExtension": Record<string, never>;
        /**
         * Format: int-or-string
         * @description A whole number, or a text such as a percentage or a name.
         */
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString": number | string;
        /** @description A group and version of the API, and who serves it. */
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService": {
            /** @description Group and version of the object, such as apps/v1; the core group has the version alone. */
            apiVersion?: string;
            /** @description Kind of the object, such as Deployment. It can not change. */
            kind?: string;
            /**
             * @description Name, namespace, labels, annotations and whatever else every object has.
             * @default {}
             */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description Which group and version, and where it is served.
             * @default {}
             */
            spec?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec"];
            /**
             * @description Seen state: whether the server can be reached.
             * @default {}
             */
            status?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus"];
        };
        /** @description One aspect of the state of an APIService. */
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition": {
            /** @description When the status last changed. */
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Why, for people. */
            message?: string;
            /** @description Why, in one word. */
            reason?: string;
            /**
             * @description True, False or Unknown.
             * @default
             */
            status: string;
            /**
             * @description Available.
             * @default
             */
            type: string;
        };
        /** @description Where a group and version is served. */
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec": {
            /**
             * Format: byte
             * @description PEM certificates of the authorities that signed that of the server. Unset: those of the system.
             */
            caBundle?: string;
            /** @description Group that is served; empty for the core group. */
            group?: string;
            /**
             * Format: int32
             * @description Place of the group in discovery, 1 to 20000; higher is earlier.
             * @default 0
             */
            groupPriorityMinimum: number;
            /** @description Whether the certificate of the server is not checked. Not together with caBundle. Default: false. */
            insecureSkipTLSVerify?: boolean;
            /** @description Service of the server. Unset: this server itself. */
            service?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference"];
            /** @description Version that is served. */
            version?: string;
            /**
             * Format: int32
             * @description Place of the version in its group, 1 to 1000; higher is earlier.
             * @default 0
             */
            versionPriority: number;
        };
        /** @description What was last seen of an APIService. */
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus": {
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition"][];
        };
        /** @description A Service that a server is behind. */
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference": {
            /** @description Name of the Service. */
            name?: string;
            /** @description Namespace of the Service. */
            namespace?: string;
            /**
             * Format: int32
             * @description Port of the Service. Default: 443.
             */
            port?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
